package io.kuber.node;

import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.image.Image;
import io.kuber.node.image.ImagePullException;
import io.kuber.node.image.ImagePullException.Reason;
import io.kuber.node.image.ImageStore;
import io.kuber.node.image.ImageSummary;
import io.kuber.node.image.PullPolicy;
import io.kuber.node.image.PullSecret;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Has the image of a container on the machine, as its pull policy says, and tells what it does in
 * events with the kubelet's words (upstream pkg/kubelet/images/image_manager.go).
 */
final class PodImages {
  private final PodMachinery machinery;
  private final PodEvents events;

  PodImages(PodMachinery machinery, PodEvents events) {
    this.machinery = machinery;
    this.events = events;
  }

  /**
   * The image of a container. Blocks for what the API is asked, not for a pull.
   *
   * @return fails with {@link ImagePullException}
   */
  CompletionStage<Image> find(KubeObject pod, PodContainer container) {
    PullPolicy policy = PullPolicy.of(container.tree().text("imagePullPolicy"));
    Optional<Image> present = present(pod, container);
    if (present.isPresent() && policy != PullPolicy.ALWAYS) {
      record(
          pod,
          container,
          "Pulled",
          "Container image \"%s\" already present on machine and can be accessed by the pod");
      return CompletableFuture.completedStage(present.get());
    }
    if (policy == PullPolicy.NEVER) {
      String message =
          "Container image \"%s\" is not present with pull policy of Never"
              .formatted(container.image());
      events.record(pod, container.name(), true, "ErrImageNeverPull", message);
      throw new ImagePullException(Reason.NEVER_PULL, message);
    }
    record(pod, container, "Pulling", "Pulling image \"%s\"");
    Instant start = machinery.clock().instant();
    return images()
        .pull(
            container.image(),
            secrets(pod),
            (bytes, total) -> record(pod, container, "Pulling", progress(bytes, total)))
        .whenComplete((image, failure) -> tell(pod, container, start, image, failure));
  }

  private static String progress(long bytes, long total) {
    return "Pulling image \"%%s\": %d of %d bytes (%d%%%%)"
        .formatted(bytes, total, total == 0 ? 0 : 100 * bytes / total);
  }

  /** What a pod's containers were made of and will be: as declared, and as they run. */
  static Stream<String> inUse(KubeObject pod, PodState state) {
    return PodSpec.of(pod)
        .all()
        .flatMap(
            container ->
                Stream.of(
                    container.image(), state.container(container.name()).instance().imageId()))
        .filter(name -> !name.isEmpty());
  }

  private ImageStore images() {
    return machinery.images();
  }

  private Optional<Image> present(KubeObject pod, PodContainer container) {
    try {
      return images().present(container.image());
    } catch (ImagePullException e) {
      events.record(pod, container.name(), true, "InspectFailed", Refusals.text(e));
      throw e;
    }
  }

  private void record(KubeObject pod, PodContainer container, String reason, String message) {
    events.record(pod, container.name(), false, reason, message.formatted(container.image()));
  }

  private void tell(
      KubeObject pod,
      PodContainer container,
      Instant start,
      @Nullable Image image,
      @Nullable Throwable failure) {
    if (image == null) {
      String why = failure == null ? "" : Refusals.text(cause(failure));
      String message = "Failed to pull image \"%s\": %s".formatted(container.image(), why);
      events.record(pod, container.name(), true, "Failed", message);
      return;
    }
    String took = seconds(Duration.between(start, machinery.clock().instant()));
    record(
        pod,
        container,
        "Pulled",
        "Successfully pulled image \"%%s\" in %s (%s including waiting). Image size: %d bytes."
            .formatted(took, took, bytes(image)));
  }

  /** A duration as Go prints it, cut to milliseconds. */
  static String seconds(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      return millis + "ms";
    }
    long minutes = millis / 60_000;
    String fraction = "%03d".formatted(millis % 1000).replaceAll("0+$", "");
    String text = millis / 1000 % 60 + (fraction.isEmpty() ? "" : "." + fraction) + "s";
    return minutes == 0 ? text : minutes + "m" + text;
  }

  private long bytes(Image image) {
    return images().list().stream()
        .filter(each -> each.names().contains(image.id()))
        .mapToLong(ImageSummary::bytes)
        .findFirst()
        .orElse(0);
  }

  /** What failed, without what the threads wrapped around it. */
  static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** What the pod's secrets hold; one that is missing is told and left out (kubelet). */
  private List<PullSecret> secrets(KubeObject pod) {
    List<PullSecret> secrets = new ArrayList<>();
    for (Tree reference : pod.spec().items("imagePullSecrets").trees()) {
      String name = reference.text("name");
      Optional<KubeObject> secret =
          machinery.objects().find(Resources.SECRETS, pod.namespace(), name);
      if (secret.isPresent()) {
        secret(secret.get()).ifPresent(secrets::add);
      } else {
        String message =
            "Unable to retrieve some image pull secrets ("
                + name
                + "); attempting to pull the"
                + " image may not succeed.";
        events.record(pod, "", true, "FailedToRetrieveImagePullSecret", message);
      }
    }
    return secrets;
  }

  private static Optional<PullSecret> secret(KubeObject secret) {
    Tree data = secret.tree().tree("data");
    return switch (secret.tree().text("type")) {
      case "kubernetes.io/dockerconfigjson" ->
          Optional.of(
              new PullSecret(PullSecret.Type.CONFIG_JSON, decoded(data, ".dockerconfigjson")));
      case "kubernetes.io/dockercfg" ->
          Optional.of(new PullSecret(PullSecret.Type.CONFIG, decoded(data, ".dockercfg")));
      default -> Optional.empty();
    };
  }

  private static byte[] decoded(Tree data, String key) {
    return Base64.getDecoder().decode(data.text(key));
  }
}
