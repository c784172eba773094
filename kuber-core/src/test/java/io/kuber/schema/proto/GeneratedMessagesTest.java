package io.kuber.schema.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.kuber.object.Tree;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.schema.Schemas;
import io.kuber.schema.TypeSchema;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Admissionregistration;
import io.kubernetes.client.proto.V1Apiextensions;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V1Batch;
import io.kubernetes.client.proto.V1Certificates;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Events;
import io.kubernetes.client.proto.V1Flowcontrol;
import io.kubernetes.client.proto.V1Networking;
import io.kubernetes.client.proto.V1Node;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V1Rbac;
import io.kubernetes.client.proto.V1Resource;
import io.kubernetes.client.proto.V1Scheduling;
import io.kubernetes.client.proto.V1Storage;
import io.kubernetes.client.proto.V1beta1Apps;
import io.kubernetes.client.proto.V1beta1Batch;
import io.kubernetes.client.proto.V1beta1Extensions;
import io.kubernetes.client.proto.V1beta1Policy;
import io.kubernetes.client.proto.V1beta1Rbac;
import io.kubernetes.client.proto.V1beta1Storage;
import io.kubernetes.client.proto.V1beta2Apps;
import io.kubernetes.client.proto.V2Autoscaling;
import io.kubernetes.client.proto.V2beta1Autoscaling;
import io.kubernetes.client.proto.V2beta2Autoscaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind in every version that is served, with a value in each field, there and back: by
 * kuber's codec alone, and through the message that the Java client generated, where it has one.
 */
final class GeneratedMessagesTest {
  private static final Logger COMPLAINTS = Logger.getLogger("com.google.protobuf.GeneratedMessage");

  /** Sent and answered by clients, but of no resource. */
  private static final List<String> OF_EVERY_GROUP = List.of("DeleteOptions", "PatchOptions");

  private static final List<FileDescriptor> FILES =
      List.of(
          Meta.getDescriptor(),
          V1.getDescriptor(),
          V1Admissionregistration.getDescriptor(),
          V1Apiextensions.getDescriptor(),
          V1Apps.getDescriptor(),
          V1Authentication.getDescriptor(),
          V1Authorization.getDescriptor(),
          V1Autoscaling.getDescriptor(),
          V1Batch.getDescriptor(),
          V1Certificates.getDescriptor(),
          V1Coordination.getDescriptor(),
          V1Discovery.getDescriptor(),
          V1Events.getDescriptor(),
          V1Flowcontrol.getDescriptor(),
          V1Networking.getDescriptor(),
          V1Node.getDescriptor(),
          V1Policy.getDescriptor(),
          V1Rbac.getDescriptor(),
          V1Resource.getDescriptor(),
          V1Scheduling.getDescriptor(),
          V1Storage.getDescriptor(),
          V1beta1Apps.getDescriptor(),
          V1beta1Batch.getDescriptor(),
          V1beta1Extensions.getDescriptor(),
          V1beta1Policy.getDescriptor(),
          V1beta1Rbac.getDescriptor(),
          V1beta1Storage.getDescriptor(),
          V1beta2Apps.getDescriptor(),
          V2Autoscaling.getDescriptor(),
          V2beta1Autoscaling.getDescriptor(),
          V2beta2Autoscaling.getDescriptor());

  private static final Map<String, Descriptor> BY_TYPE = new HashMap<>();

  private final ProtoCodec codec = ProtoCodec.of(Schemas.builtIn());

  static {
    for (FileDescriptor file : FILES) {
      for (Descriptor message : file.getMessageTypes()) {
        String name = message.getFullName().replace('_', '-');
        BY_TYPE.put(name.replaceFirst("^k8s\\.io\\.", "io.k8s."), message);
      }
    }
  }

  @BeforeAll
  static void silenceComplaints() {
    COMPLAINTS.setLevel(Level.OFF);
  }

  static Stream<TypeSchema> types() {
    Stream<Optional<TypeSchema>> served =
        BuiltInKinds.catalogue().served().stream().map(kind -> kind.version().schema().type());
    Stream<Optional<TypeSchema>> parts =
        BuiltInKinds.catalogue().served().stream()
            .flatMap(kind -> kind.version().subresources().stream())
            .map(part -> Schemas.builtIn().of(part.apiVersion(), part.kind()));
    Stream<Optional<TypeSchema>> options =
        OF_EVERY_GROUP.stream().map(kind -> Schemas.builtIn().of("v1", kind));
    return Stream.of(served, parts, options)
        .flatMap(all -> all)
        .flatMap(Optional::stream)
        .filter(TypeSchema::hasNumbers)
        .filter(TypeSchema::isKind)
        .distinct();
  }

  static Stream<TypeSchema> generatedTypes() {
    return types().filter(type -> BY_TYPE.containsKey(type.name()));
  }

  @ParameterizedTest
  @MethodSource("types")
  void givesBackEveryFieldOfEveryServedVersion(TypeSchema type) {
    Tree sample = Samples.of(type);

    assertThat(codec.decode(codec.encode(sample))).isEqualTo(sample);
  }

  @ParameterizedTest
  @MethodSource("generatedTypes")
  void readsWhatTheGeneratedMessageWroteOfTheSameObject(TypeSchema type) throws Exception {
    Tree sample = Samples.of(type);
    byte[] sent = codec.encode(sample);
    Unknown envelope = Unknown.parseFrom(Arrays.copyOfRange(sent, 4, sent.length));
    DynamicMessage read = DynamicMessage.parseFrom(BY_TYPE.get(type.name()), envelope.getRaw());

    assertThat(codec.decode(enveloped(envelope, read.toByteString()))).isEqualTo(sample);
    assertThat(read.getUnknownFields().asMap()).isEmpty();
  }

  @Test
  void findsTheGeneratedMessagesOfNearlyAll() {
    List<String> without = new ArrayList<>();
    types().filter(type -> !BY_TYPE.containsKey(type.name())).forEach(t -> without.add(t.name()));

    assertThat(without).hasSizeLessThan((int) types().count() / 4);
  }

  private static byte[] enveloped(Unknown envelope, ByteString message) {
    byte[] magic = {'k', '8', 's', 0};
    return ByteString.copyFrom(magic)
        .concat(envelope.toBuilder().setRaw(message).build().toByteString())
        .toByteArray();
  }
}
