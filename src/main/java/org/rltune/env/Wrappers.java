package org.rltune.env;

import java.util.Optional;

/** Makes an environment from its spec and puts the wrappers of its spec around it. */
final class Wrappers {
    private Wrappers() {}

    static Env<?, ?> make(EnvSpec spec, EnvContext given) {
        EnvContext context = completed(spec, given);
        Env<?, ?> env = create(spec, context);
        EnvSpec made = spec.withDefaultConfig(context.config());
        Env<?, ?> wrapped = standard(env, made);
        for (WrapperSpec wrapper : spec.additionalWrappers()) {
            try {
                wrapped = wrap(wrapped, wrapper, spec, context);
            } catch (RuntimeException e) {
                wrapped.close();
                throw e;
            }
        }
        return wrapped;
    }

    /** The bare environment, without any wrapper. */
    static Env<?, ?> bare(EnvSpec spec, EnvContext given) {
        return create(spec, completed(spec, given));
    }

    private static EnvContext completed(EnvSpec spec, EnvContext given) {
        try {
            return given.withConfig(spec.completeConfig(given.config()));
        } catch (IllegalArgumentException e) {
            throw refuses(spec.id(), e);
        }
    }

    private static IllegalArgumentException refuses(String name, IllegalArgumentException e) {
        return new IllegalArgumentException(name + " refuses its config: " + e.getMessage(), e);
    }

    private static Env<?, ?> create(EnvSpec spec, EnvContext context) {
        Env<?, ?> env;
        try {
            env = spec.creator().create(context);
        } catch (IllegalArgumentException e) {
            throw refuses(spec.id(), e);
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

    private static <O, A> Env<O, A> standard(Env<O, A> env, EnvSpec spec) {
        Env<O, A> wrapped = spec.disableEnvChecker() ? env : new PassiveEnvChecker<>(env, spec.id());
        if (spec.maxEpisodeSteps().isPresent()) {
            wrapped = new TimeLimit<>(wrapped, spec.maxEpisodeSteps().getAsInt());
        }
        return spec.orderEnforce() ? new OrderEnforcing<>(wrapped, spec) : new Unordered<>(wrapped, spec);
    }

    /** Stands where the guard of the order was left out, to tell the spec. */
    private static final class Unordered<O, A> extends Wrapper<O, A> {
        private final EnvSpec spec;

        Unordered(Env<O, A> inner, EnvSpec spec) {
            super(inner);
            this.spec = spec;
        }

        @Override
        public Optional<EnvSpec> spec() {
            return Optional.of(spec);
        }
    }

    private static Env<?, ?> wrap(Env<?, ?> env, WrapperSpec wrapper, EnvSpec spec, EnvContext context) {
        String name = "The wrapper " + wrapper.name() + " of " + spec.id();
        WrapperType type = Envs.wrapper(wrapper.name());
        Env<?, ?> wrapped;
        try {
            wrapped = type.factory().wrap(env, context.withConfig(type.config().complete(wrapper.config())));
        } catch (IllegalArgumentException e) {
            throw refuses(name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvException(name + " was interrupted", e);
        } catch (Exception e) {
            throw new EnvException(name + " failed: " + e, e);
        }
        if (wrapped == null) {
            throw new EnvException(name + " is null; its factory must return an Env", null);
        }
        return wrapped;
    }
}
