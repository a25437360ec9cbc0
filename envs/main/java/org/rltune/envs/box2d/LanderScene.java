package org.rltune.envs.box2d;

import com.badlogic.gdx.physics.box2d.Body;
import com.badlogic.gdx.physics.box2d.Fixture;
import com.badlogic.gdx.physics.box2d.FixtureDef;
import com.badlogic.gdx.physics.box2d.joints.RevoluteJointDef;
import org.rltune.random.Pcg64;

/** The moon and the lander above it, in metres, with (0, 0) in the lower left corner of the picture. */
final class LanderScene implements SceneEnv.Scene, OrderedWorld.Contacts {
    /** Pixels of the picture in a metre. */
    static final double SCALE = 30;

    static final double WIDTH = 600 / SCALE;
    static final double HEIGHT = 400 / SCALE;
    static final double LEG_DOWN = 18;
    /** Corners of the lander around its position, in pixels. */
    static final double[] HULL = {-14, 17, -17, 0, -17, -10, 17, -10, 17, 0, 14, 17};

    static final double LEG_HALF_WIDTH = 2 / SCALE;
    static final double LEG_HALF_HEIGHT = 8 / SCALE;

    private static final int POINTS = 11; // of the moon's surface
    private static final int MIDDLE = POINTS / 2;
    private static final double LEG_AWAY = 20;
    private static final double LEG_SPRING_TORQUE = 40;
    private static final double FIRST_FORCE = 1000;
    private static final int LANDER = 0x0010;
    private static final int LEG = 0x0020;
    private static final int WIND_RANGE = 9999;

    /** Where the surface has its points. */
    final double[] surfaceX = new double[POINTS];

    final double[] surfaceY = new double[POINTS];
    final double padLeft;
    final double padRight;
    final double padY = HEIGHT / 4;

    private final OrderedWorld world;
    final Body lander;
    final Body leftLeg;
    final Body rightLeg;
    final Exhaust exhaust = new Exhaust();

    boolean crashed;
    boolean leftTouches;
    boolean rightTouches;
    /** Steps into the patterns of the wind and its torque. */
    long windStep;

    long torqueStep;

    LanderScene(double gravity, boolean windy, Pcg64 random) {
        double[] height = new double[POINTS + 1];
        for (int i = 0; i < height.length; i++) {
            height[i] = random.uniform(0, HEIGHT / 2);
        }
        for (int i = 0; i < POINTS; i++) {
            surfaceX[i] = WIDTH / (POINTS - 1) * i;
        }
        padLeft = surfaceX[MIDDLE - 1];
        padRight = surfaceX[MIDDLE + 1];
        for (int i = MIDDLE - 2; i <= MIDDLE + 2; i++) {
            height[i] = padY;
        }
        for (int i = 0; i < POINTS; i++) {
            double before = height[i == 0 ? POINTS : i - 1]; // the left end takes the spare height after the right end
            surfaceY[i] = 0.33 * (before + height[i] + height[i + 1]);
        }

        world = new OrderedWorld(gravity, this);
        addMoon();
        double x = WIDTH / 2;
        lander = world.dynamicBody(x, HEIGHT, 0);
        world.add(lander, Physics.polygon(HULL, SCALE), Physics.fixture(5, 0.1, LANDER, Physics.GROUND));
        double forceX = random.uniform(-FIRST_FORCE, FIRST_FORCE);
        double forceY = random.uniform(-FIRST_FORCE, FIRST_FORCE);
        lander.applyForceToCenter((float) forceX, (float) forceY, true);
        if (windy) {
            windStep = random.integers(-WIND_RANGE, WIND_RANGE);
            torqueStep = random.integers(-WIND_RANGE, WIND_RANGE);
        }
        rightLeg = addLeg(-1);
        leftLeg = addLeg(1);
    }

    private void addMoon() {
        Body moon = world.staticBody();
        FixtureDef bottom = Physics.fixture(0, Physics.DEFAULT_FRICTION, Physics.GROUND, -1);
        world.add(moon, Physics.edge(0, 0, WIDTH, 0), bottom);
        FixtureDef surface = Physics.fixture(0, 0.1, Physics.GROUND, -1);
        for (int i = 0; i < POINTS - 1; i++) {
            world.add(moon, Physics.edge(surfaceX[i], surfaceY[i], surfaceX[i + 1], surfaceY[i + 1]), surface);
        }
    }

    /** Adds a leg that a motor presses outward like a spring; side -1 stands to the right. */
    private Body addLeg(int side) {
        Body leg = world.dynamicBody(WIDTH / 2 - side * LEG_AWAY / SCALE, HEIGHT, side * 0.05);
        FixtureDef def = Physics.fixture(1, Physics.DEFAULT_FRICTION, LEG, Physics.GROUND);
        world.add(leg, Physics.box(LEG_HALF_WIDTH, LEG_HALF_HEIGHT), def);
        double lower = side < 0 ? 0.9 - 0.5 : -0.9;
        double upper = side < 0 ? 0.9 : -0.9 + 0.5;
        RevoluteJointDef joint =
                Physics.hinge(lander, leg, 0, 0, side * LEG_AWAY / SCALE, LEG_DOWN / SCALE, lower, upper);
        joint.maxMotorTorque = (float) LEG_SPRING_TORQUE;
        joint.motorSpeed = (float) (0.3 * side);
        world.box2d().createJoint(joint);
        return leg;
    }

    @Override
    public OrderedWorld world() {
        return world;
    }

    // A leg that stands on two edges and leaves one counts as in the air, as in Gymnasium.
    @Override
    public void touch(Body a, Body b, Fixture fixtureA, Fixture fixtureB, boolean begins) {
        if (a == leftLeg || b == leftLeg) {
            leftTouches = begins;
        }
        if (a == rightLeg || b == rightLeg) {
            rightTouches = begins;
        }
        crashed |= begins && (a == lander || b == lander);
    }
}
