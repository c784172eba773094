package io.kuber.engine.container;

import io.kuber.container.ContainerRuntime;
import io.kuber.engine.Happenings;
import io.kuber.engine.ImageShelf;
import io.kuber.engine.NetworkShelf;
import io.kuber.engine.VolumeShelf;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What containers stand on.
 *
 * @param directory where they are kept
 * @param written where they write, on a file system that can be the upper one of an overlay
 */
public record Ground(
    ContainerRuntime runtime,
    ImageShelf images,
    NetworkShelf networks,
    VolumeShelf volumes,
    Happenings happenings,
    Path directory,
    Path written,
    InstantSource clock) {}
