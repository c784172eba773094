package io.kuber.http;

/** An exchange whose request is seen at another path or with another query. */
public final class Retargeted extends PassedOn {
  private final Request request;

  /**
   * The same exchange at another target.
   *
   * @param target path and query, escaped
   */
  public Retargeted(Exchange exchange, String target) {
    super(exchange);
    Request asked = exchange.request();
    this.request =
        new Request(
            asked.method(), target, asked.headers(), asked.body(), asked.protocol(), asked.peer());
  }

  @Override
  public Request request() {
    return request;
  }
}
