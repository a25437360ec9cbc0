package org.rltune.envs.box2d;

import com.badlogic.gdx.math.Vector2;
import com.badlogic.gdx.physics.box2d.Body;
import com.badlogic.gdx.physics.box2d.BodyDef;
import com.badlogic.gdx.physics.box2d.Fixture;
import com.badlogic.gdx.physics.box2d.FixtureDef;
import com.badlogic.gdx.physics.box2d.RayCastCallback;
import com.badlogic.gdx.physics.box2d.joints.RevoluteJoint;
import com.badlogic.gdx.physics.box2d.joints.RevoluteJointDef;
import org.rltune.envs.Trig;
import org.rltune.random.Pcg64;

/** The terrain and the walker on it, in metres, with (0, 0) in the lower left corner of the first picture. */
final class WalkerScene implements SceneEnv.Scene, OrderedWorld.Contacts, RayCastCallback {
    static final double SCALE = WalkerTerrain.SCALE;
    static final double MOTOR_TORQUE = 80; // Nm
    static final int RAYS = 10;
    static final double RANGE = 160 / SCALE;
    /** Corners of the hull around its position, in parts of SCALE. */
    static final double[] HULL = {-30, 9, 6, 9, 34, 1, 34, -8, -30, -8};

    static final double LEG_WIDTH = 8 / SCALE;
    static final double LEG_HEIGHT = 34 / SCALE;
    static final double SHIN_WIDTH = 0.8 * LEG_WIDTH;

    private static final double LEG_DOWN = -8 / SCALE;
    private static final double GRAVITY = -10;
    private static final double GROUND_FRICTION = 2.5;
    private static final double FIRST_FORCE = 5;
    private static final int WALKER = 0x0020;
    private static final double[] RAY_X = new double[RAYS];
    private static final double[] RAY_Y = new double[RAYS];

    static {
        for (int i = 0; i < RAYS; i++) {
            RAY_X[i] = Trig.sin(1.5 * i / 10.0) * RANGE;
            RAY_Y[i] = Trig.cos(1.5 * i / 10.0) * RANGE;
        }
    }

    final WalkerTerrain terrain;
    private final OrderedWorld world;
    final Body hull;
    /** Upper leg, shin, upper leg, shin; then their joints in the same order: hip, knee, hip, knee. */
    final Body[] legs = new Body[4];

    final RevoluteJoint[] joints = new RevoluteJoint[4];

    boolean fallen;
    /** Whether the shin touches the ground; entries 1 and 3 count. */
    final boolean[] touches = new boolean[4];
    /** Distance to the ground along each ray, as a fraction of the range. */
    final float[] distances = new float[RAYS];

    int steps;
    private float nearest;

    WalkerScene(boolean hardcore, Pcg64 random) {
        terrain = new WalkerTerrain(hardcore, random);
        world = new OrderedWorld(GRAVITY, this);
        addTerrain();
        double x = WalkerTerrain.STEP * WalkerTerrain.START_PAD / 2;
        double y = WalkerTerrain.HEIGHT + 2 * LEG_HEIGHT;
        hull = world.dynamicBody(x, y, 0);
        world.add(hull, Physics.polygon(HULL, SCALE), Physics.fixture(5, 0.1, WALKER, Physics.GROUND));
        hull.applyForceToCenter((float) random.uniform(-FIRST_FORCE, FIRST_FORCE), 0, true);
        for (int i = 0; i < 2; i++) {
            addLeg(i, x, y);
        }
    }

    private void addTerrain() {
        Body ground = world.staticBody();
        FixtureDef def = Physics.fixture(0, GROUND_FRICTION, Physics.GROUND, -1);
        for (double[] obstacle : terrain.obstacles) {
            world.add(ground, Physics.polygon(obstacle, 1), def);
        }
        for (int i = 0; i < WalkerTerrain.LENGTH - 1; i++) {
            world.add(ground, Physics.edge(terrain.x[i], terrain.y[i], terrain.x[i + 1], terrain.y[i + 1]), def);
        }
    }

    private void addLeg(int i, double x, double y) {
        int side = i == 0 ? -1 : 1;
        FixtureDef def = Physics.fixture(1, Physics.DEFAULT_FRICTION, WALKER, Physics.GROUND);
        Body upper = world.dynamicBody(x, y - LEG_HEIGHT / 2 - LEG_DOWN, side * 0.05);
        world.add(upper, Physics.box(LEG_WIDTH / 2, LEG_HEIGHT / 2), def);
        legs[2 * i] = upper;
        joints[2 * i] = join(Physics.hinge(hull, upper, 0, LEG_DOWN, 0, LEG_HEIGHT / 2, -0.8, 1.1), side);

        Body shin = world.dynamicBody(x, y - LEG_HEIGHT * 3 / 2 - LEG_DOWN, side * 0.05);
        world.add(shin, Physics.box(SHIN_WIDTH / 2, LEG_HEIGHT / 2), def);
        legs[2 * i + 1] = shin;
        joints[2 * i + 1] = join(Physics.hinge(upper, shin, 0, -LEG_HEIGHT / 2, 0, LEG_HEIGHT / 2, -1.6, -0.1), 1);
    }

    private RevoluteJoint join(RevoluteJointDef def, double speed) {
        def.maxMotorTorque = (float) MOTOR_TORQUE;
        def.motorSpeed = (float) speed;
        return (RevoluteJoint) world.box2d().createJoint(def);
    }

    /** Measures the distances from the hull to the ground. */
    void look() {
        Vector2 from = hull.getPosition();
        float x = from.x;
        float y = from.y;
        for (int i = 0; i < RAYS; i++) {
            nearest = 1;
            world.box2d().rayCast(this, x, y, (float) (x + RAY_X[i]), (float) (y - RAY_Y[i]));
            distances[i] = nearest;
        }
    }

    @Override
    public float reportRayFixture(Fixture fixture, Vector2 point, Vector2 normal, float fraction) {
        if (fixture.getBody().getType() != BodyDef.BodyType.StaticBody) {
            return -1; // looks through its own legs
        }
        nearest = fraction;
        return fraction; // only what is nearer counts from now on
    }

    /** How far ray i goes along x. */
    double rayX(int i) {
        return RAY_X[i] * distances[i];
    }

    /** How far ray i goes along y. */
    double rayY(int i) {
        return -RAY_Y[i] * distances[i];
    }

    @Override
    public OrderedWorld world() {
        return world;
    }

    @Override
    public void touch(Body a, Body b, Fixture fixtureA, Fixture fixtureB, boolean begins) {
        fallen |= begins && (a == hull || b == hull);
        for (int i = 1; i < touches.length; i += 2) {
            if (a == legs[i] || b == legs[i]) {
                touches[i] = begins;
            }
        }
    }
}
