package org.rltune.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The first three expectations are the examples of protobuf's documentation of its encoding; the others follow from it. */
final class ProtoMessageTest {
    @Test
    void writesVarintsStringsAndMessagesAsTheDocumentationShows() {
        assertThat(hex(new ProtoMessage().integer(1, 150))).isEqualTo("089601");
        assertThat(hex(new ProtoMessage().text(2, "testing"))).isEqualTo("120774657374696e67");
        assertThat(hex(new ProtoMessage().message(3, new ProtoMessage().integer(1, 150))))
                .isEqualTo("1a03089601");
    }

    @Test
    void writesFixedWidthsLittleEndian() {
        assertThat(hex(new ProtoMessage().number(1, 1.0))).isEqualTo("09000000000000f03f");
        assertThat(hex(new ProtoMessage().number(2, 1.0f))).isEqualTo("150000803f");
        assertThat(hex(new ProtoMessage().numbers(6, new double[] {1, -2})))
                .isEqualTo("3210000000000000f03f00000000000000c0");
    }

    @Test
    void writesTheEndsOfTheRanges() {
        assertThat(hex(new ProtoMessage().integer(1, -1))).isEqualTo("08ffffffffffffffffff01");
        assertThat(hex(new ProtoMessage().integer(1, Long.MIN_VALUE))).isEqualTo("0880808080808080808001");
        assertThat(hex(new ProtoMessage().bool(1, true).bool(2, false))).isEqualTo("08011000");
        assertThat(hex(new ProtoMessage().text(16, ""))).isEqualTo("820100");
        assertThat(hex(new ProtoMessage().text(1, "\u00fc\u03b1"))).isEqualTo("0a04c3bcceb1");
    }

    @Test
    void growsWithLongFields() {
        byte[] content = new byte[100_000];
        new Random(1).nextBytes(content);
        byte[] written = new ProtoMessage().integer(1, 7).bytes(2, content).toByteArray();
        assertThat(written).hasSize(2 + 1 + 3 + content.length);
        assertThat(HexFormat.of().formatHex(written, 0, 6)).isEqualTo("080712a08d06");
        assertThat(java.util.Arrays.copyOfRange(written, 6, written.length)).isEqualTo(content);
    }

    @Test
    void refusesFieldNumbersThatTheFormatDoesNotHave() {
        for (int field : new int[] {0, -1, 1 << 29}) {
            assertThatThrownBy(() -> new ProtoMessage().integer(field, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(field));
        }
    }

    private static String hex(ProtoMessage message) {
        return HexFormat.of().formatHex(message.toByteArray());
    }
}
