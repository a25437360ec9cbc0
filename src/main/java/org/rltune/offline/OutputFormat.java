package org.rltune.offline;

import java.util.Arrays;
import java.util.List;
import org.rltune.check.Suggest;

/** How trajectories are written. */
public enum OutputFormat {
    /** JSON lines: a fragment of an episode on each, as columns named as in RLlib's {@code SampleBatch}. */
    JSON("json"),
    /** A file of NumPy's format for each column, the rows of all fragments one after the other. */
    NPY("npy");

    private final String key;

    OutputFormat(String key) {
        this.key = key;
    }

    /** Returns the name in settings: {@code json} or {@code npy}. */
    public String key() {
        return key;
    }

    /** Returns the names in settings. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(OutputFormat::key).toList();
    }

    /**
     * Returns the format of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static OutputFormat parse(String key) {
        for (OutputFormat format : values()) {
            if (format.key.equals(key)) {
                return format;
            }
        }
        throw new IllegalArgumentException("output_format is '" + key + "', but must be " + String.join(" or ", keys())
                + "." + Suggest.nearest(key, keys()));
    }
}
