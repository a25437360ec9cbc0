package org.rltune.env;

/** Makes an environment from its spec and puts the standard wrappers around it. */
final class Wrappers {
    private Wrappers() {}

    static Env<?, ?> checked(EnvSpec spec, EnvContext context) {
        return guarded(checker(create(spec, context), spec), spec);
    }

    static Env<?, ?> unchecked(EnvSpec spec, EnvContext context) {
        return guarded(create(spec, context), spec);
    }

    private static Env<?, ?> create(EnvSpec spec, EnvContext context) {
        Env<?, ?> env;
        try {
            env = spec.creator().create(context);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(spec.id() + " refuses its config: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvException("The creator of " + spec.id() + " was interrupted", e);
        } catch (Exception e) {
            throw new EnvException(
                    "The creator of " + spec.id() + " failed for worker " + context.workerIndex() + ", vector index "
                            + context.vectorIndex() + ": " + e,
                    e);
        }
        if (env == null) {
            throw new EnvException("The creator of " + spec.id() + " returned null; it must return an Env", null);
        }
        return env;
    }

    private static <O, A> Env<O, A> checker(Env<O, A> env, EnvSpec spec) {
        return new PassiveEnvChecker<>(env, spec.id());
    }

    private static <O, A> Env<O, A> guarded(Env<O, A> env, EnvSpec spec) {
        Env<O, A> limited = spec.maxEpisodeSteps().isPresent()
                ? new TimeLimit<>(env, spec.maxEpisodeSteps().getAsInt())
                : env;
        return new OrderEnforcing<>(limited, spec.id());
    }
}
