package io.kuber.engine;

import java.nio.file.Path;

/** The volumes that people name, and those that images ask for. For any thread. */
public interface VolumeShelf {
  /**
   * A volume.
   *
   * @param name chosen by people, or 64 random hexadecimal digits
   * @param directory what containers mount
   * @param fresh whether it is empty and nobody has had it yet, so that it gets what the image has
   *     in its place
   */
  record Volume(String name, Path directory, boolean fresh) {}

  /**
   * A volume by its name, made if it is not there.
   *
   * @param name empty for a new one with a random name
   * @throws EngineException 400 for a malformed name
   */
  Volume claim(String name);

  /** Removes a volume that a container had to itself; does nothing when it is gone. */
  void remove(String name);
}
