package io.kuber.boot;

import io.kuber.client.Client;
import io.kuber.http.Handler;
import io.kuber.loop.Loops;
import io.kuber.server.webhook.Reviews;
import java.util.function.UnaryOperator;

/**
 * What lies between an embedded cluster and all around it, clients and webhooks: nothing, unless a
 * test puts something there that disturbs, records or answers. For any thread.
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

        @Override
        public Reviews around(Reviews network) {
          return network;
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

  /** Who is asked for reviews by webhooks; {@code network} asks those that are elsewhere. */
  Reviews around(Reviews network);

  /** The same wire with somebody else who is asked for reviews. */
  default Wire reviewing(UnaryOperator<Reviews> others) {
    Wire same = this;
    return new Wire() {
      @Override
      public Handler around(Handler chain, Loops loops) {
        return same.around(chain, loops);
      }

      @Override
      public Client around(Client client, String user, String program, Loops loops) {
        return same.around(client, user, program, loops);
      }

      @Override
      public Reviews around(Reviews network) {
        return others.apply(same.around(network));
      }
    };
  }
}
