package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.space.Box;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.MultiBinary;
import org.rltune.space.MultiDiscrete;
import org.rltune.space.Space;

/** Vector environments as a user makes them. */
final class VectorEnvsTest {
    private static final String WALK = "test/Walk-v0";

    @BeforeEach
    void register() {
        Envs.replace(EnvSpec.of(WALK, context -> new WalkEnv()).withMaxEpisodeSteps(60));
        Envs.replace(EnvSpec.of(FaultyEnv.ID, FaultyEnv::new));
    }

    @AfterEach
    void unregister() {
        List.of(WALK, FaultyEnv.ID).forEach(Envs::unregister);
    }

    /** The contract of rollout workers' environments, on a team of threads. */
    @Nested
    final class OnThreads extends VectorEnvContract {
        private final List<VectorEnv> made = new ArrayList<>();

        @Override
        protected VectorEnv make(int envs, long seed) {
            VectorPlace place = new VectorPlace(WALK, 0);
            EnvObjects objects =
                    VectorEnvs.objects(place, envs, e -> Envs.makeUnchecked(WALK, new EnvContext(Map.of(), 0, e, 0)));
            made.add(new ThreadedVectorEnv(objects, place, AutoresetMode.SAME_STEP, 0, Seeds.of(seed), 3));
            return made.get(made.size() - 1);
        }

        @AfterEach
        void close() {
            made.forEach(VectorEnv::close);
        }
    }

    private static VectorOptions threads(int n) {
        return VectorOptions.defaults().withMode(VectorMode.THREADED).withThreads(n);
    }

    private static List<String> run(VectorEnv env, int steps) {
        try (env) {
            VectorStep out = env.newStep();
            List<String> told = new ArrayList<>();
            env.reset(VectorReset.seed(3), out);
            Pcg64 random = new Pcg64(1);
            for (int i = 0; i < steps; i++) {
                told.add(Arrays.toString(out.observation) + Arrays.toString(out.reward) + out.infos());
                env.step(VectorEnvContract.actions(env, random), out);
            }
            return told;
        }
    }

    @ParameterizedTest
    @EnumSource(value = AutoresetMode.class, mode = EnumSource.Mode.EXCLUDE, names = "DISABLED")
    void givesTheSameForAnyNumberOfThreads(AutoresetMode mode) {
        List<String> one = run(Envs.makeVec(WALK, 5, VectorOptions.defaults().withAutoreset(mode)), 200);
        for (int n : new int[] {1, 2, 4, 9}) {
            assertThat(run(Envs.makeVec(WALK, 5, threads(n).withAutoreset(mode)), 200))
                    .isEqualTo(one);
        }
    }

    @Test
    void seedsEnvironmentsByOneSeedByEachItsOwnOrNotAtAll() {
        try (VectorEnv env = Envs.makeVec(WALK, 3)) {
            VectorStep out = env.newStep();
            env.reset(VectorReset.next(), out);
            assertThat(places(out)).as("never seeded").containsExactly(start(0), start(1), start(2));
            env.reset(VectorReset.seed(7), out);
            assertThat(places(out)).containsExactly(start(7), start(8), start(9));
            env.reset(VectorReset.next(), out);
            assertThat(places(out)).containsExactly(second(7), second(8), second(9));
            env.reset(VectorReset.seeds(4L, null, 4L), out);
            assertThat(out.observation[0]).isEqualTo(start(4)).isEqualTo(out.observation[4]);
            assertThat(out.observation[2]).isNotEqualTo(start(8));
            assertThat(out.infos().doubles("place")[0]).isEqualTo(place(4));
        }
    }

    private static float[] places(VectorStep out) {
        return new float[] {out.observation[0], out.observation[2], out.observation[4]};
    }

    private static double place(long seed) {
        return (double) new WalkEnv().reset(seed).info().get("place");
    }

    private static float start(long seed) {
        return (float) place(seed);
    }

    private static float second(long seed) {
        WalkEnv env = new WalkEnv();
        env.reset(seed);
        return env.reset().observation()[0];
    }

    @Test
    void resetsOnlyTheChosen() {
        try (VectorEnv env = Envs.makeVec(WALK, 3)) {
            VectorStep out = env.newStep();
            assertThatThrownBy(() -> env.reset(VectorReset.next().where(true, false, false), out))
                    .isInstanceOf(ResetNeededException.class);
            env.reset(VectorReset.seed(1), out);
            env.step(new float[3], out);
            env.step(new float[3], out);
            float[] before = out.observation.clone();
            env.reset(VectorReset.seed(5).where(false, true, false), out);
            assertThat(out.observation[2]).isEqualTo(start(6));
            assertThat(out.observation[3]).isZero();
            before[2] = out.observation[2];
            before[3] = 0;
            assertThat(out.observation).isEqualTo(before);
            assertThat(out.infos().mask("place")).containsExactly(false, true, false);
            assertThatThrownBy(() -> env.reset(VectorReset.next().where(true, false), out))
                    .hasMessageContaining("mask")
                    .hasMessageContaining("3 environments");
            assertThatThrownBy(() -> env.reset(VectorReset.seeds(1L, 2L), out)).hasMessageContaining("seeds");
            assertThatThrownBy(() -> VectorReset.next().where(false, false, false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at least one");
            assertThatThrownBy(() -> VectorReset.seed(-1)).hasMessageContaining("-1");
            assertThatThrownBy(() -> VectorReset.seeds(1L, -2L)).hasMessageContaining("-2");
        }
    }

    @Test
    void refusesToStepAnEndedEnvironmentThatNobodyReset() {
        VectorOptions disabled = VectorOptions.defaults().withAutoreset(AutoresetMode.DISABLED);
        try (VectorEnv env = Envs.makeVec(Envs.spec(WALK).withMaxEpisodeSteps(2), 2, disabled)) {
            VectorStep out = env.newStep();
            env.reset(VectorReset.seed(1), out);
            env.step(new float[2], out);
            env.reset(VectorReset.next().where(true, false), out);
            env.step(new float[2], out);
            assertThat(out.truncated).containsExactly(false, true);
            assertThat(out.episodeLength[1]).isEqualTo(2);
            assertThatThrownBy(() -> env.step(new float[2], out))
                    .isInstanceOf(ResetNeededException.class)
                    .hasMessageContaining("vector index 1");
            env.reset(VectorReset.next().where(false, true), out);
            env.step(new float[2], out);
            assertThat(out.truncated).containsExactly(true, false);
        }
    }

    @Test
    void namesTheEnvironmentThatFailsOnWhateverThread() {
        for (VectorOptions options : List.of(VectorOptions.defaults(), threads(2), threads(4))) {
            VectorOptions throwing = options.withConfig(FaultyEnv.with("throw"))
                    .withWrapper(env -> env); // the checker of steps is inside
            try (VectorEnv env = Envs.makeVec(FaultyEnv.ID, 4, throwing)) {
                VectorStep out = env.newStep();
                env.reset(VectorReset.seed(1), out);
                env.step(new float[4], out);
                env.reset(VectorReset.next().where(true, true, false, true), out);
                env.step(new float[4], out);
                assertThatThrownBy(() -> env.step(new float[4], out))
                        .isInstanceOf(EnvException.class)
                        .hasMessageContaining("vector index 2), episode 0, step 3: step failed")
                        .hasMessageContaining("by zero");
                assertThatThrownBy(() -> env.step(new float[4], out)).isInstanceOf(ResetNeededException.class);
                env.reset(VectorReset.seed(1), out);
                env.step(new float[4], out);
            }
        }
    }

    @Test
    void refusesStepsAfterTheEndOfItsThreads() {
        VectorEnv env = Envs.makeVec(WALK, 4, threads(2));
        env.reset(VectorReset.seed(1), env.newStep());
        env.close();
        env.close();
        assertThatThrownBy(() -> env.step(new float[4], env.newStep())).hasMessageContaining("closed");
    }

    @Test
    void refusesModesThatAreNotPossible() {
        VectorOptions batch = VectorOptions.defaults().withMode(VectorMode.VECTOR_ENTRY_POINT);
        assertThatThrownBy(() -> Envs.makeVec(WALK, 2, batch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no vector entry point");
        assertThatThrownBy(() -> Envs.makeVec(WALK, 2, batch.withWrapper(env -> env)))
                .hasMessageContaining("wrappers");
        assertThatThrownBy(() -> Envs.makeVec(WALK, 0)).isInstanceOf(IllegalArgumentException.class);
        EnvSpec wrong =
                EnvSpec.of("Wrong-v0", context -> new WalkEnv()).withVectorEntryPoint((context, numEnvs) -> null);
        assertThatThrownBy(() -> Envs.makeVec(wrong, 2, VectorOptions.defaults()))
                .isInstanceOf(EnvException.class)
                .hasMessageContaining("returned null");
    }

    @Test
    void keepsUsersAndWorkersCallsApart() {
        try (VectorEnv user = Envs.makeVec(WALK, 2);
                VectorEnv worker = VectorEnvs.ofWorker(WALK, Map.of(), 2, 0, 0, Seeds.of(1))) {
            assertThatThrownBy(user::save).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> user.reset(new float[4])).isInstanceOf(UnsupportedOperationException.class);
            VectorStep out = worker.newStep();
            assertThatThrownBy(() -> worker.reset(VectorReset.seed(1), out))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a seed of its own");
            worker.reset(VectorReset.next(), out);
            worker.reset(VectorReset.next().where(false, true), out);
            assertThat(worker.save()).extracting(EpisodeState::episode).containsExactly(0L, 1L);
            assertThat(user.env(1)).isPresent();
            assertThat(user).hasToString("SyncVectorEnv[test/Walk-v0, 2 environments, NEXT_STEP]");
        }
    }

    /** Answers with the action that it got. */
    private static final class Echo extends SeededEnv<Map<String, Object>, Object> {
        private final Space<?> action;

        @SuppressWarnings("unchecked") // only compared
        Echo(Space<?> action) {
            super(Dict.of("digit", Discrete.of(3, 1), "place", Box.of(0, 9, 2)), (Space<Object>) action);
            this.action = action;
        }

        @Override
        protected Map<String, Object> start(Map<String, Object> options) {
            return Map.of("digit", 2, "place", new float[] {3, 4});
        }

        @Override
        public StepResult<Map<String, Object>> step(Object got) {
            assertThat(action.violationOf(got)).isNull();
            return new StepResult<>(start(Map.of()), 0, false, false, Map.of("got", got));
        }
    }

    @Test
    void flattensObservationsAndActionsOfOtherSpaces() {
        for (Space<?> space :
                List.of(MultiDiscrete.of(new int[] {2, 3}, new int[] {5, 7}), MultiBinary.of(2), Discrete.of(3, 4))) {
            try (VectorEnv env =
                    Envs.makeVec(EnvSpec.of("Echo-v0", context -> new Echo(space)), 2, VectorOptions.defaults())) {
                VectorStep out = env.newStep();
                env.reset(VectorReset.seed(1), out);
                assertThat(out.observation).containsExactly(0, 1, 0, 3, 4, 0, 1, 0, 3, 4);
                FlatActions code = FlatActions.of(space);
                float[] actions = new float[2 * env.actionSize()];
                Object first = space.sample(new Pcg64(1));
                Object second = space.sample(new Pcg64(2));
                code.encode(first, actions, 0);
                code.encode(second, actions, env.actionSize());
                env.step(actions, out);
                assertThat(out.infos().values("got")).isEqualTo(new Object[] {first, second});
                actions[0] = 3;
                assertThatThrownBy(() -> env.step(actions, out))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("3.0");
                assertThatThrownBy(() -> code.encode("left", actions, 0)).hasMessageContaining("left");
            }
        }
    }
}
