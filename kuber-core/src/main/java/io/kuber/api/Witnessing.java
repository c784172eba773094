package io.kuber.api;

import io.kuber.api.ApiAnswer.One;
import io.kuber.api.ApiAnswer.Success;
import io.kuber.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells a witness of the requests of clients in this process. For any thread. */
final class Witnessing {
  private final Witness witness;
  private final InstantSource clock;

  Witnessing(Witness witness, InstantSource clock) {
    this.witness = witness;
    this.clock = clock;
  }

  /** The answer, of which the witness knows before the client does. */
  CompletionStage<ApiAnswer> of(ApiRequest request, Supplier<CompletionStage<ApiAnswer>> answer) {
    if (witness == Witness.NOBODY) {
      return answer.get();
    }
    Instant at = clock.instant();
    CompletableFuture<ApiAnswer> witnessed = new CompletableFuture<>();
    answer
        .get()
        .whenComplete(
            (given, failure) -> {
              witness.answered(answered(request, at, given, failure));
              if (failure == null) {
                witnessed.complete(given);
              } else {
                witnessed.completeExceptionally(failure);
              }
            });
    return witnessed;
  }

  private Answered answered(
      ApiRequest request, Instant at, @Nullable ApiAnswer answer, @Nullable Throwable failure) {
    return new Answered(
        at,
        Duration.between(at, clock.instant()),
        request.verb().text(),
        request.type().qualifiedName(),
        request.subresource(),
        request.namespace(),
        name(request, answer),
        request.user().name(),
        request.write().program(),
        request.write().dryRun(),
        code(answer, failure),
        failure == null ? "" : String.valueOf(failure.getMessage()));
  }

  /** Of an object that the server was to name, the name that it got. */
  private static String name(ApiRequest request, @Nullable ApiAnswer answer) {
    Stored stored = answer instanceof One one ? one.stored() : null;
    return stored == null ? request.target() : stored.key().name();
  }

  private static int code(@Nullable ApiAnswer answer, @Nullable Throwable failure) {
    if (failure != null) {
      return failure instanceof ApiException refused
          ? refused.code()
          : StatusReason.INTERNAL_ERROR.code();
    }
    boolean created =
        answer instanceof One one && one.created()
            || answer instanceof Success success && success.created();
    return created ? 201 : 200;
  }
}
