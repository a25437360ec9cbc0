package org.rltune.envs.box2d;

import com.badlogic.gdx.math.Vector2;
import com.badlogic.gdx.physics.box2d.Body;
import com.badlogic.gdx.physics.box2d.FixtureDef;
import com.badlogic.gdx.physics.box2d.Transform;
import com.badlogic.gdx.physics.box2d.joints.RevoluteJoint;
import com.badlogic.gdx.physics.box2d.joints.RevoluteJointDef;

/**
 * A car with four wheels that slide when the road cannot hold them, after Chris Campbell's top-down car (iforce2d.net,
 * 2014). The rear wheels are driven, the front wheels steered. Wheels 0 and 1 are in front, 0 and 2 on the left.
 */
final class RaceCar {
    static final int WHEELS = 4;
    static final double SIZE = 0.02; // metres in a unit of the figures below
    static final double[][] HULL = {
        {-60, 130, 60, 130, 60, 110, -60, 110},
        {-15, 120, 15, 120, 20, 20, -20, 20},
        {25, 20, 50, -10, 50, -40, 20, -90, -20, -90, -50, -40, -50, -10, -25, 20},
        {-50, -120, 50, -120, 50, -90, -50, -90}
    };
    static final double WHEEL_HALF_LENGTH = 27;
    static final double WHEEL_HALF_WIDTH = 14;

    private static final double[] WHEEL = {-14, 27, 14, 27, 14, -27, -14, -27};
    private static final double[] WHEEL_X = {-55, 55, -55, 55};
    private static final double[] WHEEL_Y = {80, 80, -82, -82};
    private static final int WHEEL_CATEGORY = 0x0020;

    private static final double ENGINE_POWER = 100000000 * SIZE * SIZE;
    private static final double WHEEL_INERTIA = 4000 * SIZE * SIZE;
    private static final double FRICTION_LIMIT = 1000000 * SIZE * SIZE;
    private static final double STIFFNESS = 205000 * SIZE * SIZE;
    private static final double GRASS_GRIP = 0.6; // as a share of the road's
    private static final double WHEEL_RADIUS = WHEEL_HALF_LENGTH * SIZE;
    private static final double STEERING_TORQUE = 180 * 900 * SIZE * SIZE;
    private static final double MOST_STEERING = 0.4; // rad
    private static final double BRAKING = 15; // rad/s in each step
    private static final double SECONDS_PER_STEP = 1.0 / 50;

    final Body hull;
    final Body[] wheels = new Body[WHEELS];
    final RevoluteJoint[] joints = new RevoluteJoint[WHEELS];
    /** How many tiles of the road each wheel stands on. */
    final int[] tiles = new int[WHEELS];
    /** Angular velocity of each wheel around its axle in rad/s, and how far it has turned. */
    final double[] omega = new double[WHEELS];

    final double[] phase = new double[WHEELS];
    final SkidMarks skids = new SkidMarks(WHEELS);

    private final double[] gas = new double[WHEELS];
    private double braking;
    private double steering;

    RaceCar(OrderedWorld world, double x, double y, double angle) {
        hull = world.dynamicBody(x, y, angle);
        FixtureDef heavy = Physics.fixture(1, Physics.DEFAULT_FRICTION, Physics.GROUND, -1);
        for (double[] part : HULL) {
            world.add(hull, Physics.polygon(scaled(part), 1), heavy);
        }
        FixtureDef light = Physics.fixture(0.1, Physics.DEFAULT_FRICTION, WHEEL_CATEGORY, Physics.GROUND);
        for (int i = 0; i < WHEELS; i++) {
            double wheelX = WHEEL_X[i] * SIZE;
            double wheelY = WHEEL_Y[i] * SIZE;
            wheels[i] = world.dynamicBody(x + wheelX, y + wheelY, angle);
            world.add(wheels[i], Physics.polygon(scaled(WHEEL), 1), light);
            RevoluteJointDef joint =
                    Physics.hinge(hull, wheels[i], wheelX, wheelY, 0, 0, -MOST_STEERING, MOST_STEERING);
            joint.maxMotorTorque = (float) STEERING_TORQUE;
            joints[i] = (RevoluteJoint) world.box2d().createJoint(joint);
        }
    }

    private static double[] scaled(double[] figures) {
        double[] metres = figures.clone();
        for (int i = 0; i < metres.length; i++) {
            metres[i] *= SIZE;
        }
        return metres;
    }

    /** Which wheel this is, or -1. */
    int wheel(Body body) {
        for (int i = 0; i < WHEELS; i++) {
            if (wheels[i] == body) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Sets the controls.
     *
     * @param steer target angle of the front wheels, positive to the left
     * @param accelerate 0 to 1; it rises by at most 0.1 in a step
     * @param brake 0 to 1; from 0.9 on the wheels block
     */
    void control(double steer, double accelerate, double brake) {
        steering = steer;
        braking = brake;
        double target = Math.min(Math.max(accelerate, 0), 1);
        for (int i = 2; i < WHEELS; i++) {
            gas[i] += Math.min(target - gas[i], 0.1);
        }
    }

    /** Turns the wheels and applies their forces, for the step of the world that follows. */
    void step() {
        for (int i = 0; i < WHEELS; i++) {
            step(i);
        }
    }

    private void step(int i) {
        Body wheel = wheels[i];
        double turn = (i < 2 ? steering : 0) - joints[i].getJointAngle();
        joints[i].setMotorSpeed((float) (Math.signum(turn) * Math.min(50.0 * Math.abs(turn), 3.0)));

        boolean grass = tiles[i] == 0;
        double limit = grass ? FRICTION_LIMIT * GRASS_GRIP : FRICTION_LIMIT;
        float[] transform = wheel.getTransform().vals;
        double cos = transform[Transform.COS];
        double sin = transform[Transform.SIN];
        Vector2 velocity = wheel.getLinearVelocity();
        double ahead = -sin * velocity.x + cos * velocity.y;
        double aside = cos * velocity.x + sin * velocity.y;

        double spin = omega[i];
        spin += SECONDS_PER_STEP * ENGINE_POWER * gas[i] / WHEEL_INERTIA / (Math.abs(spin) + 5.0);
        if (braking >= 0.9) {
            spin = 0;
        } else if (braking > 0) {
            spin += -Math.signum(spin) * Math.min(BRAKING * braking, Math.abs(spin));
        }
        phase[i] += spin * SECONDS_PER_STEP;

        double pull = (-ahead + spin * WHEEL_RADIUS) * STIFFNESS;
        double push = -aside * STIFFNESS;
        double force = Math.sqrt(pull * pull + push * push);
        skids.record(i, force > 2.0 * limit, grass, transform[Transform.POS_X], transform[Transform.POS_Y]);
        if (force > limit) {
            pull = pull / force * limit;
            push = push / force * limit;
        }
        omega[i] = spin - SECONDS_PER_STEP * pull * WHEEL_RADIUS / WHEEL_INERTIA;
        wheel.applyForceToCenter((float) (push * cos + pull * -sin), (float) (push * sin + pull * cos), true);
    }
}
