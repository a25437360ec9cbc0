package org.rltune.envs.box2d;

import com.badlogic.gdx.math.Vector2;
import com.badlogic.gdx.physics.box2d.joints.RevoluteJoint;
import java.awt.image.BufferedImage;
import org.rltune.env.StepResult;
import org.rltune.space.Box;

/**
 * BipedalWalker-v3 and BipedalWalkerHardcore-v3: walk with two legs over rough ground.
 *
 * <p>An action is the torque of four motors from -1 to 1: hip and knee of one leg, hip and knee of the other. Observed are
 * the hull, the joints, whether the shins touch the ground, and ten distances to the ground. The arithmetic is
 * Gymnasium's: float64 around the float32 values of Box2D, float32 in the cost of the motors. Spaces, rewards, start, end
 * and arguments: {@code docs/envs/bipedal_walker.md}.
 */
public final class BipedalWalker extends SceneEnv<WalkerScene, float[], float[]> {
    private static final double FRAMES_PER_SECOND = 50;
    private static final double HIP_SPEED = 4; // rad/s
    private static final double KNEE_SPEED = 6;
    private static final double WIDTH = 600 / WalkerScene.SCALE;
    private static final double HEIGHT = 400 / WalkerScene.SCALE;
    private static final double GOAL = (WalkerTerrain.LENGTH - WalkerTerrain.GRASS) * WalkerTerrain.STEP;
    private static final float TORQUE_COST = (float) (0.00035 * WalkerScene.MOTOR_TORQUE);
    private static final int JOINTS = 4;
    private static final int VALUES = 14 + WalkerScene.RAYS;

    private static final Box ACTIONS = Box.of(-1, 1, JOINTS);
    private static final Box OBSERVATIONS = observations();

    private final boolean hardcore;
    private double lastPotential;

    /** A walker on grass. */
    public BipedalWalker() {
        this(false);
    }

    /** A walker on grass, or among stumps, stairs and pits. */
    public BipedalWalker(boolean hardcore) {
        super(OBSERVATIONS, ACTIONS);
        this.hardcore = hardcore;
    }

    /**
     * The bounds of Gymnasium where its walker keeps them. It declares pi for the angle of the hull and 5 for its
     * velocities and the speeds of the joints too, but a hull that falls turns further, and nothing limits a speed.
     */
    private static Box observations() {
        float pi = (float) Math.PI;
        float[] high = new float[VALUES];
        float[] low = new float[VALUES];
        for (int i = 0; i < VALUES; i++) {
            boolean jointAngle = i == 4 || i == 6 || i == 9 || i == 11;
            boolean contact = i == 8 || i == 13;
            high[i] = i >= 14 ? 1 : jointAngle ? pi : contact ? 5 : Float.POSITIVE_INFINITY;
            low[i] = contact ? 0 : -high[i];
        }
        return Box.of(low, high);
    }

    @Override
    WalkerScene build() {
        return new WalkerScene(hardcore, random());
    }

    @Override
    float[] first(WalkerScene scene) {
        lastPotential = Double.NaN;
        return step(new float[JOINTS]).observation();
    }

    @Override
    public StepResult<float[]> step(float[] action) {
        Throttle.require("BipedalWalker", action, JOINTS);
        WalkerScene scene = scene();
        for (int i = 0; i < JOINTS; i++) {
            RevoluteJoint joint = scene.joints[i];
            joint.setMotorSpeed((float) ((i % 2 == 0 ? HIP_SPEED : KNEE_SPEED) * Math.signum(action[i])));
            joint.setMaxMotorTorque((float) WalkerScene.MOTOR_TORQUE * size(action[i]));
        }
        scene.world().step();
        scene.look();
        scene.steps++;

        Vector2 velocity = scene.hull.getLinearVelocity();
        float[] observation = new float[VALUES];
        float angle = scene.hull.getAngle();
        observation[0] = angle;
        observation[1] = (float) (2.0 * scene.hull.getAngularVelocity() / FRAMES_PER_SECOND);
        observation[2] = (float) (0.3 * velocity.x * WIDTH / FRAMES_PER_SECOND);
        observation[3] = (float) (0.3 * velocity.y * HEIGHT / FRAMES_PER_SECOND);
        for (int leg = 0; leg < 2; leg++) {
            RevoluteJoint hip = scene.joints[2 * leg];
            RevoluteJoint knee = scene.joints[2 * leg + 1];
            int at = 4 + 5 * leg;
            observation[at] = hip.getJointAngle();
            observation[at + 1] = (float) (hip.getJointSpeed() / HIP_SPEED);
            observation[at + 2] = (float) (knee.getJointAngle() + 1.0);
            observation[at + 3] = (float) (knee.getJointSpeed() / KNEE_SPEED);
            observation[at + 4] = scene.touches[2 * leg + 1] ? 1 : 0;
        }
        System.arraycopy(scene.distances, 0, observation, 14, WalkerScene.RAYS);

        float x = scene.hull.getPosition().x;
        double potential = 130.0 * x / WalkerScene.SCALE - 5.0 * Math.abs(angle);
        double reward = reward(Double.isNaN(lastPotential) ? 0 : potential - lastPotential, action);
        lastPotential = potential;
        boolean fallen = scene.fallen || x < 0;
        return new StepResult<>(observation, fallen ? -100 : reward, fallen || x > GOAL, false);
    }

    /** NumPy counts the cost of float32 actions in float32, and the reward from then on. */
    private static double reward(double progress, float[] action) {
        float reward = (float) progress;
        for (float torque : action) {
            reward -= TORQUE_COST * size(torque);
        }
        return reward;
    }

    private static float size(float torque) {
        return Math.min(Math.abs(torque), 1);
    }

    @Override
    BufferedImage draw(WalkerScene scene) {
        return WalkerPicture.draw(scene).toImage();
    }
}
