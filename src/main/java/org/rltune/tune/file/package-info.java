/**
 * Experiments as files: YAML or JSON in which every setting of a run has a key, with the line in every error.
 *
 * <p>May import: {@code tune}, {@code tune.search}, {@code tune.schedule} and {@code json}. What a file can say stands in
 * tables: the settings of a run, the searchers, the schedulers and the stop rules, each by name.
 */
@NullMarked
package org.rltune.tune.file;

import org.jspecify.annotations.NullMarked;
