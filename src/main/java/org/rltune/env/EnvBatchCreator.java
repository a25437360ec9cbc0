package org.rltune.env;

/** Makes the environments of one vector at once: a vector entry point, see {@link EnvSpec#withVectorEntryPoint}. */
@FunctionalInterface
public interface EnvBatchCreator {
    /**
     * Makes environments.
     *
     * @param context the config of the environments and their worker; the vector index is that of the first
     * @param numEnvs how many, at least 1
     * @throws Exception when they cannot be made; the caller adds the id
     */
    EnvBatch create(EnvContext context, int numEnvs) throws Exception;
}
