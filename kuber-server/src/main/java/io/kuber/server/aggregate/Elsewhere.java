package io.kuber.server.aggregate;

import io.kuber.server.chain.ServerRequest;
import java.util.Optional;

/** The part of the API that other servers answer. For any thread. */
public interface Elsewhere {
  /** There is none. */
  Elsewhere NOWHERE =
      new Elsewhere() {
        @Override
        public Optional<Registration> at(String group, String version) {
          return Optional.empty();
        }

        @Override
        public void pass(ServerRequest request, Registration to) {
          throw new IllegalStateException("nobody is registered");
        }

        @Override
        public ForeignApis known() {
          return ForeignApis.NONE;
        }
      };

  /** Who answers a group version; empty when this server does, or nobody. */
  Optional<Registration> at(String group, String version);

  /**
   * Passes an authorised request on; returns at once.
   *
   * @throws io.kuber.api.ApiException when the other server is not available, or too much waits for
   *     it already
   */
  void pass(ServerRequest request, Registration to);

  /** What is known of all of them; the same object until something changes. */
  ForeignApis known();
}
