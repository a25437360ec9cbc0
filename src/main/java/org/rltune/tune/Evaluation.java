package org.rltune.tune;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import org.rltune.check.Check;
import org.rltune.tune.space.HyperParams;

/** A function from hyperparameters to metrics: a trial of one iteration. */
record Evaluation(String name, Function<HyperParams, ? extends Map<String, ?>> function) implements TrainableSpec {
    private static final String FILE = "evaluated.json";

    Evaluation {
        Check.notBlank("the name of a trainable", name);
    }

    @Override
    public Trainable create(TrialContext context) {
        return new Once(context.config());
    }

    @Override
    public boolean endsItself() {
        return true;
    }

    private final class Once implements Trainable {
        private HyperParams config;
        private boolean evaluated;

        Once(HyperParams config) {
            this.config = config;
        }

        @Override
        public Iteration train() {
            if (evaluated) {
                return new Iteration(Map.of(), config, true);
            }
            evaluated = true;
            return new Iteration(Rows.ordered(function.apply(config)), config, true);
        }

        @Override
        public Map<String, byte[]> save() {
            return Map.of(FILE, Boolean.toString(evaluated).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void restore(Map<String, byte[]> files) {
            byte[] content = files.get(FILE);
            if (content == null) {
                throw new IllegalArgumentException("The checkpoint has no file " + FILE + ", but " + files.keySet()
                        + ": it is not one of a single evaluation. Name a checkpoint of the same trainable.");
            }
            evaluated = Boolean.parseBoolean(new String(content, StandardCharsets.UTF_8));
        }

        @Override
        public void adopt(Map<String, byte[]> donorFiles) {
            throw new IllegalStateException("A trial of '" + name
                    + "' is one evaluation and learns nothing that another could take over. Use a scheduler that copies no"
                    + " trials.");
        }

        @Override
        public void configure(HyperParams changed) {
            if (evaluated && !changed.equals(config)) {
                throw new IllegalStateException("A trial of '" + name + "' was evaluated with " + config
                        + " and cannot go on with " + changed + ". Use a scheduler that mutates nothing.");
            }
            config = changed;
        }

        @Override
        public void close() {}
    }
}
