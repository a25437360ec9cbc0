package org.rltune.envs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.env.EnvChecker;
import org.rltune.env.EnvReport;
import org.rltune.env.EnvRule;
import org.rltune.env.Envs;

/** The checker has no error to report about any registered environment, and only warnings that are meant to be so. */
final class EnvCheckerOnAllTest {
    static List<String> ids() {
        return Envs.list();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void findsNothing(String id) {
        // Bounds are part of an environment: those of the ports are Gymnasium's.
        EnvReport report = EnvChecker.check(id).without(EnvRule.SPACE_INFINITE, EnvRule.ACTION_NOT_NORMALISED);
        assertThat(report.findings()).as(report.toString()).isEmpty();
    }
}
