package org.rltune.badroom;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.ServerSocket;
import java.net.URL;
import java.text.DecimalFormat;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.api.Assertions;
import org.rltune.json.Json;

/** Breaks the rules on purpose, so that RoomsTest can show that it sees it. Never run. */
public final class Offender implements Serializable {

    void prints(RuntimeException problem) {
        System.out.println("to the console");
        System.err.println("to the console");
        System.out.printf("%.2f", 0.5);
        problem.printStackTrace();
        System.exit(1);
    }

    long looksAtTheClock() {
        return System.currentTimeMillis();
    }

    double draws(List<String> names) {
        Collections.shuffle(names, new Random(1));
        return Math.random();
    }

    double calculates(double x) {
        DoubleUnaryOperator byReference = Math::tanh;
        return Math.sin(x) + Math.exp(x) + Math.log(x) + Math.pow(x, 2) + byReference.applyAsDouble(x);
    }

    String formats(double x) {
        return String.format("%.2f", x)
                + "%.2f".formatted(x)
                + "I".toLowerCase()
                + new DecimalFormat("0.0").format(x)
                + DateTimeFormatter.ofPattern("MMM");
    }

    void serializes(ObjectOutputStream out, ObjectInputStream in) throws IOException, ClassNotFoundException {
        out.writeObject(in.readObject());
    }

    void listens(URL url) throws IOException {
        new ServerSocket(0).close();
        url.openStream().close();
    }

    Object importsAStrangerAndARoom() {
        Assertions.assertThat(1);
        return Json.write(List.of());
    }
}
