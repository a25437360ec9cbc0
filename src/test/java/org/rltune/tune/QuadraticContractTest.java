package org.rltune.tune;

import java.util.Map;
import org.rltune.tune.space.HyperParams;

final class QuadraticContractTest extends TrainableContract {
    @Override
    protected TrainableSpec spec() {
        return new Quadratic();
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
