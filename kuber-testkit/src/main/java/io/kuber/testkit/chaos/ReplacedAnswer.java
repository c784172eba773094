package io.kuber.testkit.chaos;

import io.kuber.http.Exchange;
import io.kuber.http.PassedOn;
import io.kuber.http.Response;

/** Does something else in place of an answer that says that a write has succeeded. */
final class ReplacedAnswer extends PassedOn {
  private static final int FIRST_FAILURE = 400;

  private final Runnable instead;

  ReplacedAnswer(Exchange exchange, Runnable instead) {
    super(exchange);
    this.instead = instead;
  }

  @Override
  public void respond(Response response) {
    if (response.status() < FIRST_FAILURE) {
      instead.run();
    } else {
      super.respond(response);
    }
  }
}
