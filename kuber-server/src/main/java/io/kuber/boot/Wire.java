package io.kuber.boot;

import io.kuber.client.Client;
import io.kuber.http.Handler;
import io.kuber.loop.Loops;

/**
 * What lies between the clients of an embedded cluster and its API: nothing, unless a test puts
 * something there that disturbs or records. For any thread.
 */
public interface Wire {
  /** Nothing lies in between. */
  Wire DIRECT =
      new Wire() {
        @Override
        public Handler around(Handler chain, Loops loops) {
          return chain;
        }

        @Override
        public Client around(Client client, String user, String program, Loops loops) {
          return client;
        }
      };

  /** What HTTP requests meet first, within the process and over the port; {@code chain} answers. */
  Handler around(Handler chain, Loops loops);

  /**
   * What a part of kuber itself uses in place of a client.
   *
   * @param user whose rights it has
   * @param program what it calls itself, as others do in {@code User-Agent}
   */
  Client around(Client client, String user, String program, Loops loops);
}
