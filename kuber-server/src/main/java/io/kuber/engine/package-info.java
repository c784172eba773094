/**
 * A container engine for people who build images and try them out: what Docker's clients talk to.
 *
 * <p>Flow: {@code http} → {@code engine.wire} finds the endpoint of a request → {@code
 * engine.image}, {@code engine.container}, {@code engine.network} or {@code engine.volume} does
 * what it says on {@code node.image} and {@code container}, the same images and the same runtime
 * that pods have. This package holds what those four know of each other; {@code boot} joins them.
 * The interface is Docker's Engine API, version 1.41 and its neighbours.
 */
@NullMarked
package io.kuber.engine;

import org.jspecify.annotations.NullMarked;
