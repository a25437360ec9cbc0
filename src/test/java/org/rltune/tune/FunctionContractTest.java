package org.rltune.tune;

import java.nio.ByteBuffer;
import java.util.Map;
import org.rltune.tune.space.HyperParams;

final class FunctionContractTest extends TrainableContract {
    /** Noisy descent from x = 10 that reports its x as the checkpoint. */
    static void descend(HyperParams config, Session session) {
        double x = session.checkpoint()
                .map(bytes -> ByteBuffer.wrap(bytes).getDouble())
                .orElse(10.0);
        while (session.iteration() < 50) {
            double noise = session.seeds().stream("noise", session.iteration()).standardNormal();
            x -= config.getDouble("lr") * (2 * x + 0.01 * noise);
            session.report(
                    Map.of("score", -x * x, "timesteps_this_iter", 10),
                    ByteBuffer.allocate(8).putDouble(0, x).array());
        }
    }

    @Override
    protected TrainableSpec spec() {
        return Trainables.function("descent", FunctionContractTest::descend);
    }

    @Override
    protected HyperParams config() {
        return HyperParams.of(Map.of("lr", 0.1));
    }

    @Override
    protected HyperParams otherConfig() {
        return HyperParams.of(Map.of("lr", 0.02));
    }
}
