package io.kuber.http;

/** An exchange whose request is seen with other headers. */
public final class Reheaded extends PassedOn {
  private final Request request;

  /** The same exchange with these headers. */
  public Reheaded(Exchange exchange, Headers headers) {
    super(exchange);
    Request asked = exchange.request();
    this.request =
        new Request(
            asked.method(), asked.target(), headers, asked.body(), asked.protocol(), asked.peer());
  }

  @Override
  public Request request() {
    return request;
  }
}
