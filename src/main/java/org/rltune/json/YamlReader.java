package org.rltune.json;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML with the scalars of version 1.2 (yaml.org/spec/1.2.2, section 10.3.2), the rules that JSON follows too.
 *
 * <p>The parser below follows version 1.1, where {@code 1e-3} is a string and {@code 1_000} a number; so every scalar
 * without quotes is resolved here from its text.
 */
final class YamlReader extends JsonReader {
    private static final YAMLFactory YAML = new YAMLFactory();
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern REAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)");
    private static final Pattern NAN = Pattern.compile("\\.(nan|NaN|NAN)");

    private final String text;

    YamlReader(String text, String source) {
        super(parser(YAML, text), source);
        this.text = text;
    }

    @Override
    @Nullable
    Object empty() {
        return null;
    }

    @Override
    @Nullable
    Object scalar(JsonToken token) throws IOException {
        YAMLParser yaml = (YAMLParser) parser();
        if (yaml.isCurrentAlias()) {
            throw error("aliases (*" + yaml.getText() + ") are not supported. Write the value out.");
        }
        if (yaml.getTypeId() != null) {
            throw error(
                    "tags (" + yaml.getTypeId() + ") are not supported. Use quotes for a string, none for a number.");
        }
        String scalar = token == JsonToken.VALUE_NULL ? "" : yaml.getText();
        return token == JsonToken.VALUE_STRING && quoted() ? scalar : resolved(scalar);
    }

    private @Nullable Object resolved(String scalar) {
        switch (scalar) {
            case "", "~", "null", "Null", "NULL":
                return null;
            case "true", "True", "TRUE":
                return true;
            case "false", "False", "FALSE":
                return false;
            default:
                break;
        }
        if (INTEGER.matcher(scalar).matches()) {
            return integer(scalar);
        }
        if (scalar.startsWith("0x") && scalar.substring(2).matches("[0-9a-fA-F]+")) {
            return integer(new BigInteger(scalar.substring(2), 16).toString());
        }
        if (scalar.startsWith("0o") && scalar.substring(2).matches("[0-7]+")) {
            return integer(new BigInteger(scalar.substring(2), 8).toString());
        }
        if (REAL.matcher(scalar).matches()) {
            return real(scalar);
        }
        if (INFINITE.matcher(scalar).matches()) {
            return scalar.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return NAN.matcher(scalar).matches() ? (Object) Double.NaN : scalar;
    }

    /** Whether the scalar is quoted or a block; what is neither cannot start with one of these four characters. */
    private boolean quoted() {
        int at =
                text.offsetByCodePoints(0, (int) parser().currentTokenLocation().getCharOffset());
        while (at < text.length() && text.charAt(at) == '&') {
            while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
        return at < text.length() && "\"'|>".indexOf(text.charAt(at)) >= 0;
    }
}
