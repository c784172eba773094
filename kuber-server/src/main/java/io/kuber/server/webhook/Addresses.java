package io.kuber.server.webhook;

import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.resource.custom.ConversionException;
import io.kuber.resource.custom.WebhookTarget;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** Where to connect to: the address of the service, or what the name of the host stands for. */
record Addresses(Supplier<Image> images) {
  InetSocketAddress of(WebhookTarget target, Address address) {
    return target.url().isEmpty()
        ? new InetSocketAddress(serviceAddress(target), target.port())
        : new InetSocketAddress(address.host(), address.port());
  }

  /** The words are those of k8s.io/apiserver, pkg/util/proxy. */
  private String serviceAddress(WebhookTarget target) {
    Stored stored = images.get().get(Resources.SERVICES.key(target.namespace(), target.service()));
    if (stored == null) {
      throw new ConversionException("service \"" + target.service() + "\" not found");
    }
    KubeObject service = stored.object();
    String address = service.spec().text("clusterIP");
    if (service.spec().text("type").equals("ExternalName")) {
      return service.spec().text("externalName");
    }
    if (address.isEmpty() || address.equals("None")) {
      throw new ConversionException(
          "no endpoints available for service \"" + target.service() + "\"");
    }
    boolean hasPort =
        service.spec().items("ports").trees().stream()
            .anyMatch(port -> port.number(0, "port") == target.port());
    if (!hasPort) {
      throw new ConversionException(
          "no service port %d found for service \"%s\"".formatted(target.port(), target.service()));
    }
    return address;
  }
}
