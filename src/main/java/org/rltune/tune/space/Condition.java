package org.rltune.tune.space;

/**
 * When a hyperparameter exists: while another one, which may have a condition of its own, has a certain value.
 *
 * @param name the other hyperparameter
 * @param value the value that it must have, in the type of a hyperparameter
 */
public record Condition(String name, Object value) {
    /** Returns the condition in words, such as {@code optimizer = "adam"}. */
    @Override
    public String toString() {
        return name + " = " + Values.text(value);
    }
}
