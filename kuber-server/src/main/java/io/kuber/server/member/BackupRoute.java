package io.kuber.server.member;

import io.kuber.api.ApiException;
import io.kuber.api.Failures;
import io.kuber.api.StatusReason;
import io.kuber.http.PacedOutput;
import io.kuber.http.ResponseStream;
import io.kuber.loop.Loop;
import io.kuber.server.chain.RequestHandler;
import io.kuber.server.chain.ServerRequest;
import io.kuber.store.Image;
import io.kuber.store.ImageCodec;
import io.kuber.store.Sealing;
import io.kuber.store.Store;
import io.kuber.store.TreeImage;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /kuber/backup}: all objects at one revision, as a file of {@link ImageCodec}, which
 * ends in its checksum. The image is immutable, so writing goes on beside; one backup at a time is
 * written, on a loop of its own, which a slow client blocks and nobody else.
 *
 * <p>With {@code resourceVersion=0} it is what this server has, without asking the others.
 */
public final class BackupRoute implements RequestHandler {
  /** The path of the backup. */
  public static final String PATH = "kuber/backup";

  /** The name of its content. */
  static final String CONTENT_TYPE = "application/octet-stream";

  private static final Logger LOG = LoggerFactory.getLogger(BackupRoute.class);

  private final Store store;
  private final Sealing sealing;
  private final Loop loop;

  /** Backups of a store, sealed as its log is, written on {@code loop}. */
  public BackupRoute(Store store, Sealing sealing, Loop loop) {
    this.store = store;
    this.sealing = sealing;
    this.loop = loop;
  }

  @Override
  public void handle(ServerRequest request) {
    if (!request.request().method().equals("GET")) {
      throw new ApiException(StatusReason.METHOD_NOT_ALLOWED, "a backup is read");
    }
    boolean atHand = request.request().query().first("resourceVersion").orElse("").equals("0");
    CompletionStage<Image> image =
        atHand ? CompletableFuture.completedStage(store.image()) : store.latest();
    image.whenComplete(
        (latest, failure) -> {
          if (failure != null) {
            request.fail(Failures.of(failure));
          } else if (latest instanceof TreeImage whole) {
            loop.execute(() -> send(request, whole));
          } else {
            request.fail(new IllegalStateException("a store without whole images"));
          }
        });
  }

  private void send(ServerRequest request, TreeImage image) {
    ResponseStream stream = request.stream(CONTENT_TYPE);
    try (PacedOutput out = new PacedOutput(stream, stream::write, stream::end)) {
      ImageCodec.write(image, sealing, out);
      LOG.info(
          "sent a backup of {} objects at revision {} to {}",
          image.size(),
          image.revision(),
          request.user().name());
    } catch (IOException e) {
      LOG.warn("a backup was not sent to its end: {}", e.getMessage());
      stream.abort();
    }
  }
}
