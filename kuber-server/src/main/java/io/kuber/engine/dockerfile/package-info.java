/**
 * Dockerfiles as values: instructions with their lines, words with variables, and what a context
 * leaves out. Everything here is pure; {@code engine.image} carries it out. Start at {@link
 * io.kuber.engine.dockerfile.Dockerfile}. The language is the one of Docker's Dockerfile reference.
 */
@NullMarked
package io.kuber.engine.dockerfile;

import org.jspecify.annotations.NullMarked;
