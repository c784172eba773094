package io.kuber.engine.system;

import java.io.IOException;

/** Asks a registry whether it takes credentials. For any thread; blocks. */
@FunctionalInterface
public interface LoginCheck {
  /**
   * Asks.
   *
   * @param server the registry's address; empty for the usual one
   * @throws io.kuber.engine.EngineException 401 when it refuses them
   * @throws IOException when it cannot be asked
   */
  void check(String server, String user, String password) throws IOException;
}
