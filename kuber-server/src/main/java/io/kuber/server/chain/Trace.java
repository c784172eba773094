package io.kuber.server.chain;

import io.kuber.access.User;
import io.kuber.api.ApiRequest;
import io.kuber.api.AuditNotes;

/** Is told what links and routes find out about one request, on whatever thread they do. */
public interface Trace extends AuditNotes {
  /** Of a request that nobody follows. */
  Trace NONE = new Trace() {};

  /** Who sends it; told again when somebody acts as somebody else. */
  default void isBy(User user) {}

  /** The name of the object that it is about, which may stand in the body; empty without one. */
  default void isAbout(String name) {}

  /** What was sent along, once it has been read. */
  default void carries(ApiRequest.Body body) {}

  /** Why it is refused, or has failed. */
  default void failed(Throwable failure) {}
}
