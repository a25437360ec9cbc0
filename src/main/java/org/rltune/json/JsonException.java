package org.rltune.json;

/** A text that is not valid JSON or YAML, or not of the form that was asked for; says where. */
public final class JsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final int line;
    private final int column;

    /**
     * @param source the file or whatever else the text came from
     * @param line the line, from 1
     * @param column the column, from 1
     * @param problem what is wrong and what to do about it
     */
    public JsonException(String source, int line, int column, String problem) {
        super(source + ", line " + line + ", column " + column + ": " + problem);
        this.source = source;
        this.line = line;
        this.column = column;
    }

    /** The file or whatever else the text came from. */
    public String source() {
        return source;
    }

    /** The line of the error, from 1. */
    public int line() {
        return line;
    }

    /** The column of the error, from 1. */
    public int column() {
        return column;
    }
}
