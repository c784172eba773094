package io.kuber.node.endpoint;

import io.kuber.api.ApiException;
import io.kuber.http.ErrorShape;
import io.kuber.http.Headers;
import io.kuber.http.Response;
import org.jspecify.annotations.Nullable;

/** Failures as the kubelet tells them: plain text. */
public final class NodeErrors implements ErrorShape {
  @Override
  public Response shape(Headers asked, int status, String message, @Nullable Throwable cause) {
    return cause instanceof ApiException refused
        ? Response.text(refused.code(), refused.getMessage() + "\n")
        : Response.text(status, message + "\n");
  }

  @Override
  public boolean isAnswer(Throwable cause) {
    return cause instanceof ApiException;
  }
}
