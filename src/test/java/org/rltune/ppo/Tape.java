package org.rltune.ppo;

import java.util.ArrayList;
import java.util.List;

/**
 * Reverse-mode differentiation of scalars in double precision: the second route to the gradients of the loss.
 *
 * <p>Every operation appends a node with the local derivatives towards its operands; {@link #gradient} walks back.
 */
final class Tape {
    private record Node(double value, int left, double dLeft, int right, double dRight) {}

    private final List<Node> nodes = new ArrayList<>();

    int input(double value) {
        return add(new Node(value, -1, 0, -1, 0));
    }

    double value(int node) {
        return nodes.get(node).value;
    }

    int plus(int a, int b) {
        return add(new Node(value(a) + value(b), a, 1, b, 1));
    }

    int minus(int a, int b) {
        return add(new Node(value(a) - value(b), a, 1, b, -1));
    }

    int times(int a, int b) {
        return add(new Node(value(a) * value(b), a, value(b), b, value(a)));
    }

    int scale(int a, double factor) {
        return add(new Node(value(a) * factor, a, factor, -1, 0));
    }

    int shift(int a, double term) {
        return add(new Node(value(a) + term, a, 1, -1, 0));
    }

    int exp(int a) {
        double y = StrictMath.exp(value(a));
        return add(new Node(y, a, y, -1, 0));
    }

    int log(int a) {
        return add(new Node(StrictMath.log(value(a)), a, 1 / value(a), -1, 0));
    }

    int tanh(int a) {
        double y = StrictMath.tanh(value(a));
        return add(new Node(y, a, 1 - y * y, -1, 0));
    }

    int relu(int a) {
        return add(new Node(Math.max(0, value(a)), a, value(a) > 0 ? 1 : 0, -1, 0));
    }

    int min(int a, int b) {
        return value(a) <= value(b) ? scale(a, 1) : scale(b, 1);
    }

    int max(int a, int b) {
        return value(a) >= value(b) ? scale(a, 1) : scale(b, 1);
    }

    int clip(int a, double low, double high) {
        boolean inside = value(a) >= low && value(a) <= high;
        return inside ? scale(a, 1) : input(Math.max(low, Math.min(high, value(a))));
    }

    private int add(Node node) {
        nodes.add(node);
        return nodes.size() - 1;
    }

    /** Returns the derivatives of one node towards the first {@code inputs} nodes. */
    double[] gradient(int of, int inputs) {
        double[] d = new double[nodes.size()];
        d[of] = 1;
        for (int i = of; i >= 0; i--) {
            Node node = nodes.get(i);
            if (node.left >= 0) {
                d[node.left] += d[i] * node.dLeft;
            }
            if (node.right >= 0) {
                d[node.right] += d[i] * node.dRight;
            }
        }
        return java.util.Arrays.copyOf(d, inputs);
    }
}
