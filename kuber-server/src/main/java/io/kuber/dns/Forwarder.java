package io.kuber.dns;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Has other resolvers answer, or remembers what they answered. Owned by the event loop but for
 * {@link #route}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The listener is the one who waits.
final class Forwarder {
  private final EventLoop loop;
  private final Resolvers resolvers;
  private final List<InetSocketAddress> ofMachine;

  /** Replaced as a whole by whoever routes, read by the event loop. */
  private volatile Others others;

  /** Who is asked, and what they said. */
  private record Others(DnsRoutes routes, AnswerCache said) {}

  Forwarder(DnsServerConfig config, EventLoop loop) {
    this.loop = loop;
    this.resolvers = new Resolvers(config.patience(), loop);
    this.ofMachine = config.resolvers();
    this.others = others(DnsRoutes.OF_MACHINE);
  }

  private Others others(DnsRoutes routes) {
    return new Others(routes.orUpstream(ofMachine), new AnswerCache(loop.ticker()::nanoTime));
  }

  /** Asks others from now on, and forgets what was said before; any thread. */
  void route(DnsRoutes next) {
    others = others(next);
  }

  /**
   * The answer to a query, with its identifier.
   *
   * @param question what {@code query} asks
   * @return a failure when nobody answered in time
   */
  Future<byte[]> ask(DnsQuestion question, byte[] query, boolean overTcp) {
    Others now = others;
    Optional<byte[]> known = now.said.find(question, query, overTcp);
    if (known.isPresent()) {
      return loop.newSucceededFuture(known.get());
    }
    Future<byte[]> answer = resolvers.ask(now.routes.to(question.name()), query, overTcp);
    answer.addListener(
        done -> {
          if (done.isSuccess()) {
            now.said.keep(question, query, overTcp, answer.getNow());
          }
        });
    return answer;
  }
}
