package org.rltune.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuggestTest {
    private static final List<String> KNOWN =
            List.of("lr", "lambda", "gamma", "clip_param", "vf_clip_param", "train_batch_size", "num_workers");

    @ParameterizedTest
    @CsvSource({
        "lR, lr",
        "rl, lr",
        "lrr, lr",
        "lamda, lambda",
        "clipParam, clip_param",
        "clip-parm, clip_param",
        "vf_clip_parm, vf_clip_param",
        "train_batchsize, train_batch_size",
        "num_worker, num_workers"
    })
    void findsTheNameThatWasMeant(String misspelt, String meant) {
        assertThat(Suggest.nearest(misspelt, KNOWN)).isEqualTo(" Maybe '" + meant + "'?");
    }

    @ParameterizedTest
    @CsvSource({"momentum", "x", "''", "env", "entropy_coeff"})
    void saysNothingWhenNothingIsNear(String name) {
        assertThat(Suggest.nearest(name, KNOWN)).isEmpty();
        assertThat(Suggest.closest(name, List.of())).isEmpty();
    }

    @Test
    void breaksTiesByNameAndNotByOrder() {
        List<String> known = new ArrayList<>(List.of("beta2", "beta1", "beta3"));
        assertThat(Suggest.closest("beta", known)).contains("beta1");
        Collections.reverse(known);
        assertThat(Suggest.closest("beta", known)).contains("beta1");
    }
}
