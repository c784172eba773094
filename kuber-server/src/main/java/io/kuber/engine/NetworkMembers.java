package io.kuber.engine;

import java.util.List;

/** Puts containers into networks, and takes them out, while they run or not. For any thread. */
public interface NetworkMembers {
  /**
   * Makes a container a member of a network, from now on and whenever it runs.
   *
   * @param network its name
   * @param container its name, its id, or the beginning of its id
   * @param aliases further names of the container in this network
   * @param address the one that it is to have; empty for any
   * @throws EngineException 404 when there is no such container; 403 when it is a member already
   */
  void join(String network, String container, List<String> aliases, String address);

  /**
   * Takes a container out of a network.
   *
   * @param force also when it is not to be found
   * @throws EngineException 404 when there is no such container; 403 when it is no member
   */
  void leave(String network, String container, boolean force);
}
