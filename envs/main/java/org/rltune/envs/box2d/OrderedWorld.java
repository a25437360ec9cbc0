package org.rltune.envs.box2d;

import com.badlogic.gdx.physics.box2d.Body;
import com.badlogic.gdx.physics.box2d.BodyDef;
import com.badlogic.gdx.physics.box2d.Contact;
import com.badlogic.gdx.physics.box2d.ContactFilter;
import com.badlogic.gdx.physics.box2d.ContactImpulse;
import com.badlogic.gdx.physics.box2d.ContactListener;
import com.badlogic.gdx.physics.box2d.Fixture;
import com.badlogic.gdx.physics.box2d.FixtureDef;
import com.badlogic.gdx.physics.box2d.Manifold;
import com.badlogic.gdx.physics.box2d.Shape;
import com.badlogic.gdx.physics.box2d.World;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Box2D world whose contacts have the order that Box2D means them to have.
 *
 * <p>Box2D solves contacts in the order of their creation, and a step creates them sorted by the two fixtures. libGDX's
 * copy does not: since it took its sorting from the C library ({@code b2BroadPhase.h}), it sorts the first pair only, and
 * the results of its solver differ from those of Gymnasium's Box2D in the last bits. This world watches which pairs a
 * step creates. Where two of them stand the wrong way round, it takes them out and lets them be created again one by one,
 * before the next step looks at them. Nothing else that a step reads is changed by that: a step of no length moves
 * nothing, and finds and updates contacts as the next step would.
 *
 * <p>What no order repairs is the time of impact at which Box2D stops a fast body: its last bits differ between the two
 * libraries. A lander's hull, alone, that falls on a floor of one edge or of six has the bits of Gymnasium's Box2D in all
 * 80 steps of 40 falls while continuous physics is off; with it, which is the default of both, 24 and 34 of the 40 falls
 * differ in the last bits from the impact on. A walker has impacts in the first step already.
 */
final class OrderedWorld implements ContactFilter, ContactListener {
    private static final float SECONDS_PER_STEP = (float) (1.0 / 50);
    // Box2D refines each step so often at most: Gymnasium's figures, 30 times those that Box2D recommends.
    private static final int VELOCITY_ITERATIONS = 6 * 30;
    private static final int POSITION_ITERATIONS = 2 * 30;
    private static final int KEY_BITS = 16;
    private static final double FAR_BELOW = -1000;

    private final World world;
    private final Contacts contacts;
    private int fixtures;
    private boolean begun;

    private final NewPairs pairs = new NewPairs();
    private boolean repairing;
    private int allowed; // so many of the sorted pairs may exist

    /** Who wants to know about contacts. */
    interface Contacts {
        /** Two fixtures begin or end to touch. */
        void touch(Body a, Body b, Fixture fixtureA, Fixture fixtureB, boolean begins);
    }

    /** What this world keeps with a fixture: its place in the order of creation, and what it collides with. */
    private record Part(int order, int category, int mask) {
        static Part of(Fixture fixture) {
            return (Part) Objects.requireNonNull(fixture.getUserData());
        }
    }

    /**
     * A world without bodies.
     *
     * @param gravity acceleration along y, in m/s2
     */
    OrderedWorld(double gravity, Contacts contacts) {
        this.world = Physics.world(gravity);
        this.contacts = contacts;
        world.setContactFilter(this);
        world.setContactListener(this);
    }

    World box2d() {
        return world;
    }

    void dispose() {
        world.dispose();
    }

    Body dynamicBody(double x, double y, double angle) {
        return body(BodyDef.BodyType.DynamicBody, x, y, angle);
    }

    Body staticBody() {
        return body(BodyDef.BodyType.StaticBody, 0, 0, 0);
    }

    private Body body(BodyDef.BodyType type, double x, double y, double angle) {
        BodyDef def = new BodyDef();
        def.type = type;
        def.position.set((float) x, (float) y);
        def.angle = (float) angle;
        return world.createBody(def);
    }

    /** Adds a fixture to a body; the shape is used up. */
    Fixture add(Body body, Shape shape, FixtureDef def) {
        def.shape = shape;
        Fixture fixture = body.createFixture(def);
        shape.dispose(); // Box2D has made its copy
        fixture.setUserData(new Part(fixtures++, def.filter.categoryBits, def.filter.maskBits));
        return fixture;
    }

    /** How many fixtures were added before this one. */
    static int order(Fixture fixture) {
        return Part.of(fixture).order();
    }

    /** One fiftieth of a second. */
    void step() {
        if (!begun) {
            begun = true;
            look(); // creates the first contacts, which the first step solves already
        }
        if (!pairs.sorted()) {
            repair();
        }
        pairs.clear();
        world.step(SECONDS_PER_STEP, VELOCITY_ITERATIONS, POSITION_ITERATIONS);
    }

    /** A step of no length. It keeps the forces for the next one. */
    private void look() {
        world.setAutoClearForces(false);
        world.step(0, VELOCITY_ITERATIONS, POSITION_ITERATIONS);
        world.setAutoClearForces(true);
    }

    private void repair() {
        pairs.sort();
        repairing = true;
        allowed = 0;
        for (int i = 0; i < pairs.size(); i++) {
            pairs.second(i).refilter();
        }
        look(); // takes them out
        Body helper = body(BodyDef.BodyType.StaticBody, 0, FAR_BELOW, 0);
        for (allowed = 1; allowed <= pairs.size(); allowed++) {
            pairs.second(allowed - 1).refilter();
            FixtureDef nothing = Physics.fixture(0, 0, 0, 0);
            add(helper, Physics.box(1, 1), nothing); // only a new fixture makes Box2D look for new contacts
            look();
        }
        world.destroyBody(helper);
        repairing = false;
        for (int i = 0; i < pairs.size(); i++) {
            if (pairs.endedWhileRepaired(i)) {
                tell(pairs.first(i), pairs.second(i), false);
            }
        }
    }

    @Override
    public boolean shouldCollide(Fixture fixtureA, Fixture fixtureB) {
        Part a = Part.of(fixtureA);
        Part b = Part.of(fixtureB);
        if ((a.mask() & b.category()) == 0 || (b.mask() & a.category()) == 0) {
            return false;
        }
        if (repairing) {
            return pairs.find(fixtureA, fixtureB) < allowed;
        }
        pairs.add(fixtureA, fixtureB, (long) a.order() << KEY_BITS | b.order());
        return true;
    }

    @Override
    public void beginContact(Contact contact) {
        touch(contact.getFixtureA(), contact.getFixtureB(), true);
    }

    @Override
    public void endContact(Contact contact) {
        touch(contact.getFixtureA(), contact.getFixtureB(), false);
    }

    private void touch(@Nullable Fixture a, @Nullable Fixture b, boolean begins) {
        if (a == null || b == null) {
            return; // a fixture of the helper, gone already
        }
        pairs.nextGroup();
        if (!repairing || !pairs.hide(a, b, begins)) {
            tell(a, b, begins);
        }
    }

    private void tell(Fixture a, Fixture b, boolean begins) {
        contacts.touch(a.getBody(), b.getBody(), a, b, begins);
    }

    @Override
    public void preSolve(Contact contact, Manifold oldManifold) {
        pairs.nextGroup();
    }

    @Override
    public void postSolve(Contact contact, ContactImpulse impulse) {
        pairs.nextGroup();
    }
}
