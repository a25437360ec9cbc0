package org.rltune.envs.box2d;

import com.badlogic.gdx.math.Vector2;
import com.badlogic.gdx.physics.box2d.Body;
import com.badlogic.gdx.physics.box2d.BodyDef;
import com.badlogic.gdx.physics.box2d.Box2D;
import com.badlogic.gdx.physics.box2d.CircleShape;
import com.badlogic.gdx.physics.box2d.EdgeShape;
import com.badlogic.gdx.physics.box2d.FixtureDef;
import com.badlogic.gdx.physics.box2d.PolygonShape;
import com.badlogic.gdx.physics.box2d.World;
import com.badlogic.gdx.physics.box2d.joints.RevoluteJointDef;
import com.badlogic.gdx.utils.GdxNativesLoader;
import org.jspecify.annotations.Nullable;

/** The Box2D library, loaded with the first world, and the parts that worlds are built of. */
final class Physics {
    /** Category of what the others stand on; Box2D's default. */
    static final int GROUND = 0x0001;

    /** Friction of a fixture for which Gymnasium names none; Box2D's default. */
    static final double DEFAULT_FRICTION = 0.2;

    private Physics() {}

    /** Loads the native code once; the JVM lets one thread do it while others wait. */
    private static final class Natives {
        static final @Nullable Throwable FAILURE = load(); // kept: the JVM names the cause of a failed class only once

        private Natives() {}

        private static @Nullable Throwable load() {
            try {
                GdxNativesLoader.load();
                warmUp();
                return null;
            } catch (LinkageError | RuntimeException e) {
                return e;
            }
        }

        private static void warmUp() {
            Box2D.init();
            // Box2D fills two static tables with its first block of memory and its first contact. That must not happen
            // in two threads at once, so it happens here.
            World world = new World(new Vector2(), true);
            try {
                BodyDef body = new BodyDef();
                body.type = BodyDef.BodyType.DynamicBody;
                CircleShape ball = new CircleShape();
                ball.setRadius(1);
                world.createBody(body).createFixture(ball, 1);
                world.createBody(body).createFixture(ball, 1);
                ball.dispose();
                world.step(1, 1, 1);
            } finally {
                world.dispose();
            }
        }
    }

    /**
     * A new world without bodies.
     *
     * @param gravity acceleration along y, in m/s2
     * @throws IllegalStateException when the native code of the library is missing
     */
    static World world(double gravity) {
        Throwable failure = Natives.FAILURE;
        if (failure != null) {
            throw new IllegalStateException(
                    "Box2D cannot be loaded for " + System.getProperty("os.name") + " on "
                            + System.getProperty("os.arch") + ". Put com.badlogicgames.gdx:gdx-box2d:1.14.2,"
                            + " com.badlogicgames.gdx:gdx-platform:1.14.2:natives-desktop and"
                            + " com.badlogicgames.gdx:gdx-box2d-platform:1.14.2:natives-desktop on the class path; they"
                            + " hold it for Linux, Windows and macOS. Cause: " + failure,
                    failure);
        }
        return new World(new Vector2(0, (float) gravity), true);
    }

    /** A surface without bounce. */
    static FixtureDef fixture(double density, double friction, int category, int mask) {
        FixtureDef def = new FixtureDef();
        def.density = (float) density;
        def.friction = (float) friction;
        def.restitution = 0;
        def.filter.categoryBits = (short) category;
        def.filter.maskBits = (short) mask;
        return def;
    }

    /** A convex polygon with the corners x0, y0, x1, y1, ..., in so many parts of a unit. */
    static PolygonShape polygon(double[] xy, double partsPerUnit) {
        float[] corners = new float[xy.length];
        for (int i = 0; i < xy.length; i++) {
            corners[i] = (float) (xy[i] / partsPerUnit);
        }
        PolygonShape polygon = new PolygonShape();
        polygon.set(corners);
        return polygon;
    }

    static PolygonShape box(double halfWidth, double halfHeight) {
        PolygonShape polygon = new PolygonShape();
        polygon.setAsBox((float) halfWidth, (float) halfHeight);
        return polygon;
    }

    static EdgeShape edge(double x0, double y0, double x1, double y1) {
        EdgeShape edge = new EdgeShape();
        edge.set((float) x0, (float) y0, (float) x1, (float) y1);
        return edge;
    }

    /** A hinge with a motor, limited to some angles of b against a, which count from how the two stand now. */
    static RevoluteJointDef hinge(
            Body a,
            Body b,
            double anchorAx,
            double anchorAy,
            double anchorBx,
            double anchorBy,
            double lower,
            double upper) {
        RevoluteJointDef def = new RevoluteJointDef();
        def.bodyA = a;
        def.bodyB = b;
        def.localAnchorA.set((float) anchorAx, (float) anchorAy);
        def.localAnchorB.set((float) anchorBx, (float) anchorBy);
        def.referenceAngle = b.getAngle() - a.getAngle(); // as Gymnasium's binding of Box2D does unasked
        def.enableMotor = true;
        def.enableLimit = true;
        def.lowerAngle = (float) lower;
        def.upperAngle = (float) upper;
        return def;
    }
}
