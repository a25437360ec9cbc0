/**
 * Reading and writing JSON, and reading YAML, as plain Java values: maps, lists, strings, numbers, booleans and null.
 *
 * <p>May import: the JDK, {@code org.rltune.check} and Jackson, which no other room imports.
 */
@NullMarked
package org.rltune.json;

import org.jspecify.annotations.NullMarked;
