package org.rltune.env.render;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.GraphicsEnvironment;
import org.junit.jupiter.api.Test;

final class EnvWindowTest {
    @Test
    void saysWhatToDoWithoutADisplay() {
        assumeTrue(GraphicsEnvironment.isHeadless(), "this machine has a display");
        assertThatThrownBy(() -> new EnvWindow("CartPole"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("headless")
                .hasMessageContaining("RecordVideo");
    }
}
