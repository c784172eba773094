package io.kuber.testkit.chaos;

import io.kuber.http.Exchange;
import io.kuber.http.Handler;
import io.kuber.server.chain.ServerRequest;
import io.kuber.testkit.chaos.Fault.Dropped;
import io.kuber.testkit.chaos.Fault.Refused;
import io.kuber.testkit.chaos.Fault.Slow;
import io.kuber.testkit.chaos.Fault.Target;

/** Stands in front of the server and lets requests over HTTP go wrong. */
final class FaultyHandler implements Handler {
  private final Faults faults;
  private final Handler chain;

  FaultyHandler(Faults faults, Handler chain) {
    this.faults = faults;
    this.chain = chain;
  }

  @Override
  public void handle(Exchange exchange) throws Exception {
    if (faults.isQuiet() && !exchange.request().method().equals("GET")) {
      chain.handle(exchange);
      return;
    }
    ServerRequest request = ServerRequest.of(exchange);
    if (faults.isQuiet() && !request.isWatch()) {
      chain.handle(exchange);
      return;
    }
    Asked asked = Asked.of(request);
    Fault fault = faults.strike(Target.REQUEST, asked).orElse(null);
    if (fault instanceof Refused refused) {
      refuse(refused, asked, request);
    } else if (fault instanceof Dropped dropped) {
      drop(dropped, exchange);
    } else if (fault instanceof Slow slow) {
      faults.later(slow.time(), () -> passOn(request, asked));
    } else if (fault == null) {
      chain.handle(seen(request, asked));
    }
  }

  private void refuse(Refused refused, Asked asked, ServerRequest request) throws Exception {
    Runnable answer = () -> request.fail(Refusals.of(refused, asked));
    if (refused.written()) {
      chain.handle(new ReplacedAnswer(request.exchange(), answer));
    } else {
      answer.run();
    }
  }

  private void drop(Dropped dropped, Exchange exchange) throws Exception {
    if (dropped.written()) {
      chain.handle(new ReplacedAnswer(exchange, exchange::drop));
    } else {
      exchange.drop();
    }
  }

  private void passOn(ServerRequest request, Asked asked) {
    try {
      chain.handle(seen(request, asked));
    } catch (Exception e) {
      request.fail(e);
    }
  }

  /** Watches are followed, since rules that are told later are meant for their events too. */
  private Exchange seen(ServerRequest request, Asked asked) {
    return request.isWatch()
        ? new WatchExchange(request.exchange(), faults, asked)
        : request.exchange();
  }
}
