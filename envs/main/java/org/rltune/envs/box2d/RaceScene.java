package org.rltune.envs.box2d;

import com.badlogic.gdx.physics.box2d.Body;
import com.badlogic.gdx.physics.box2d.Fixture;
import com.badlogic.gdx.physics.box2d.FixtureDef;
import org.rltune.random.Pcg64;

/** A track, the car on it, and which tiles it has been on. Places are in metres around the middle of the field. */
final class RaceScene implements SceneEnv.Scene, OrderedWorld.Contacts {
    /** Half of the field's side. */
    static final double FIELD = 2000 / Track.SCALE;

    private static final double SECONDS_PER_STEP = 1.0 / 50;

    final Track track;
    final RaceColors colors;
    final RaceCar car;
    private final OrderedWorld world;
    private final Body road;
    private final double lapCompletePercent;

    /** Whether the tile has been touched by any part of the car: it then shows the plain colour of the road. */
    final boolean[] touched;
    /** Whether a wheel has been on the tile. */
    private final boolean[] visited;

    private int tilesVisited;
    private boolean lapFinished;
    double reward;
    double lastReward;
    /** Seconds since the beginning. */
    double time;

    RaceScene(RaceColors colors, double lapCompletePercent, Pcg64 random) {
        this.colors = colors;
        this.lapCompletePercent = lapCompletePercent;
        this.track = Track.random(random);
        touched = new boolean[track.length];
        visited = new boolean[track.length];
        world = new OrderedWorld(0, this);
        road = world.staticBody();
        FixtureDef def = Physics.fixture(0, Physics.DEFAULT_FRICTION, Physics.GROUND, -1);
        def.isSensor = true;
        for (int i = 0; i < track.length; i++) {
            world.add(road, Physics.polygon(track.strip(i, -Track.WIDTH, Track.WIDTH), 1), def);
        }
        car = new RaceCar(world, track.x[0], track.y[0], track.beta[0]);
    }

    void step() {
        car.step();
        world.step();
        time += SECONDS_PER_STEP;
    }

    /** Whether the lap is done: all tiles visited, or enough of them when the car came back to the first. */
    boolean finished() {
        return tilesVisited == track.length || lapFinished;
    }

    /** Whether the car has left the field. */
    boolean outside() {
        return Math.abs(car.hull.getPosition().x) > FIELD || Math.abs(car.hull.getPosition().y) > FIELD;
    }

    @Override
    public OrderedWorld world() {
        return world;
    }

    @Override
    public void touch(Body a, Body b, Fixture fixtureA, Fixture fixtureB, boolean begins) {
        if (a != road && b != road) {
            return;
        }
        int tile = OrderedWorld.order(a == road ? fixtureA : fixtureB); // tiles are the first fixtures
        touched[tile] = true;
        int wheel = car.wheel(a == road ? b : a);
        if (wheel < 0) {
            return;
        }
        car.tiles[wheel] += begins ? 1 : -1;
        if (begins && !visited[tile]) {
            visited[tile] = true;
            reward += 1000.0 / track.length;
            tilesVisited++;
            lapFinished |= tile == 0 && (double) tilesVisited / track.length > lapCompletePercent;
        }
    }
}
