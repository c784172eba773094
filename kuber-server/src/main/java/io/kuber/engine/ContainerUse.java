package io.kuber.engine;

import java.util.List;

/** Who uses images and volumes. For any thread. */
public interface ContainerUse {
  /**
   * A container that uses something.
   *
   * @param id its whole identifier
   * @param running whether it runs
   */
  record User(String id, boolean running) {}

  /** The containers of an image, by its id. */
  List<User> ofImage(String id);

  /** The containers that have a volume, by its name. */
  List<User> ofVolume(String name);

  /** The containers of a network, by its name. */
  List<User> ofNetwork(String name);
}
