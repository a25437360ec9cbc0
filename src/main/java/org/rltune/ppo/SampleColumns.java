package org.rltune.ppo;

/** Some samples as columns, but for the observations, which are rows; allocated once and filled in place. */
final class SampleColumns {
    /** Room for that many samples; the stride of columns with several numbers a sample. */
    final int rows;

    final float[] observation;
    final float[] action;
    final float[] oldInputs;
    final float[] oldLogProb;
    final float[] oldValue;
    final float[] target;
    final float[] advantage;

    SampleColumns(int rows, int observationSize, int actionSize, int inputs) {
        this.rows = rows;
        observation = new float[rows * observationSize];
        action = new float[rows * actionSize];
        oldInputs = new float[rows * inputs];
        oldLogProb = new float[rows];
        oldValue = new float[rows];
        target = new float[rows];
        advantage = new float[rows];
    }
}
