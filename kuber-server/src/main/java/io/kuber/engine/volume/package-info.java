/**
 * Volumes: directories with a name that outlive containers, kept below the engine's directory. Each
 * has a record beside its data. Start at {@link io.kuber.engine.volume.EngineVolumes}, which is for
 * any thread.
 */
@NullMarked
package io.kuber.engine.volume;

import org.jspecify.annotations.NullMarked;
