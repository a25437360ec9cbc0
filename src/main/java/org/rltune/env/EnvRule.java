package org.rltune.env;

/** What {@link EnvChecker} checks: one constant for each kind of finding, with what to do about it. */
public enum EnvRule {
    /** A space is missing, or asking for it fails. */
    SPACE_MISSING(true, "Return the space from observationSpace() and actionSpace()"),
    /** A space is another one when asked again, or in another environment made alike. */
    SPACE_CHANGES(true, "Declare each space once; it is the same for the life of the environment"),
    /** The bounds of an element are equal. */
    SPACE_EQUAL_BOUNDS(false, "Leave the element out, or give it a range"),
    /** A bound is infinite. */
    SPACE_INFINITE(false, "Declare the range that values really have, if there is one"),
    /** The bounds of a vector of actions are neither [-1, 1] nor [0, 1]. */
    ACTION_NOT_NORMALISED(false, "Take actions in [-1, 1] and scale them inside; networks start near 0"),
    /** The space has the shape of an image but not its bytes. */
    IMAGE_SPACE(false, "Declare images as ArrayBox.uint8(0, 255, height, width, channels)"),
    /** A reset throws an exception. */
    RESET_FAILS(true, "reset must work at any time, with a seed of at least 0 or none, and without options"),
    /** A reset accepts a negative seed. */
    NEGATIVE_SEED(false, "Refuse it with an IllegalArgumentException, as SeededEnv does"),
    /** A reset ignores an option that nobody knows. */
    OPTION_IGNORED(false, "Refuse unknown reset options, or a misspelt one has no effect in silence"),
    /** The same seed begins different episodes. */
    RESET_NOT_DETERMINISTIC(true, "Take all chance from the generator that reset(seed) sets, and reset all state"),
    /** Different seeds begin the same episodes, although there is chance. */
    SEED_IGNORED(true, "Make the generator from the seed that reset is given"),
    /** A step throws an exception. */
    STEP_FAILS(true, "step must accept every action of the action space until the episode ends"),
    /** A result, an observation or an info is null. */
    RESULT_NULL(true, "Return a ResetResult or StepResult with an observation, and Map.of() for no info"),
    /** An observation is outside its space. */
    OBSERVATION_OUTSIDE(true, "Return values inside the space, or declare a wider one"),
    /** A reward is NaN or infinite. */
    REWARD_NOT_FINITE(true, "Return a finite reward; look for a division by zero or a logarithm of zero"),
    /** The first step of an episode truncates it. */
    TRUNCATED_AT_ONCE(true, "Set the count of steps back in reset; leave the limit to withMaxEpisodeSteps"),
    /** A step is terminated and truncated. */
    BOTH_ENDED(false, "Return terminated for the task's own end and truncated for a limit, not both"),
    /** The same seed and actions give different steps. */
    STEP_NOT_DETERMINISTIC(
            true,
            "Take all chance from the generator and reset all state; depend on no clock, static field or hash order"),
    /** An observation or an info that was returned changed later. */
    OBSERVATION_REUSED(true, "Return a new array, list or map at every step"),
    /** The environment changes an action that it was given. */
    ACTION_CHANGED(true, "Copy the action before changing it"),
    /** The environment keeps an action array that the caller then changes. */
    ACTION_KEPT(true, "Copy the action to keep it; the caller may reuse the array"),
    /** Two environments change each other. */
    INSTANCES_SHARE_STATE(true, "Keep no changing state in static fields or shared objects"),
    /** A render mode fails, or shows nothing. */
    RENDER_FAILS(true, "Implement the mode, or leave it out of renderModes()"),
    /** A way to render works, but is not declared. */
    RENDER_UNDECLARED(false, "Add the mode to renderModes()"),
    /** Rendering changes what comes after it. */
    RENDER_CHANGES(true, "Draw from the state only, without random numbers and without changing it"),
    /** Two pictures are the same object. */
    RENDER_SHARED(true, "Draw every picture on a new image; it belongs to the caller"),
    /** Pictures of one episode differ in size. */
    RENDER_SIZE(false, "Draw all pictures in one size; a video needs it"),
    /** The pictures per second are not positive. */
    RENDER_FPS(true, "Return at least 1 from renderFps()"),
    /** A snapshot does not bring the whole state back, or taking it changes the state. */
    SNAPSHOT_DIFFERS(true, "Keep every field that a step reads and an earlier step may have changed"),
    /** Bytes that are no snapshot are not refused as promised. */
    SNAPSHOT_UNCHECKED(true, "Throw IllegalArgumentException for bytes that snapshot() did not return"),
    /** Repeating the seed and the actions does not lead to the same state. */
    REPLAY_DIFFERS(true, "The seed, the options and the actions must decide everything"),
    /** Closing fails. */
    CLOSE_FAILS(true, "close() must work at any time and twice"),
    /** The environment cannot be made with its default config. */
    MAKE_FAILS(true, "The creator must work with an empty config"),
    /** The creator ignores a setting that nobody knows. */
    CONFIG_IGNORED(false, "Attach an EnvConfigSchema, or a misspelt setting has no effect in silence"),
    /** The creator refuses a value that its schema allows. */
    CONFIG_REFUSED(true, "Let the schema allow only what the creator takes"),
    /** The names of agents are missing, equal, or change. */
    AGENTS_WRONG(true, "Return the same distinct names from possibleAgents(), always in the same order"),
    /** An answer speaks of an agent that the environment does not have. */
    AGENT_UNKNOWN(true, "Use the names of possibleAgents(), or add the agent to them"),
    /** An answer speaks of an agent that has ended before. */
    AGENT_GONE(true, "Leave an agent out of observations, rewards and ends from the step after it ended"),
    /** An agent is truncated after it acted, and nobody knows what it would see. */
    FINAL_OBSERVATION_MISSING(true, "Return an observation for every agent that a step truncates, or override observe"),
    /** Nobody acts at the beginning of an episode. */
    NOBODY_ACTS(false, "Return an observation for those who act first"),
    /** The environment does not know its spec. */
    SPEC_MISSING(false, "Register it and check it by its id: render modes, config and copies are then checked, too");

    private final boolean error;
    private final String remedy;

    EnvRule(boolean error, String remedy) {
        this.error = error;
        this.remedy = remedy;
    }

    /** Whether breaking it makes results wrong or stops a program; else it is a hint. */
    public boolean error() {
        return error;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
