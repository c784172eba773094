package io.kuber.kuard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/** Generates an RSA key and tells its fingerprint as {@code ssh-keygen -l} does (RFC 4253, 6.6). */
final class SshKey {
  private SshKey() {}

  static String generate(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return fingerprint((RSAPublicKey) generator.generateKeyPair().getPublic());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK lacks RSA or SHA-256", e);
    }
  }

  static String fingerprint(RSAPublicKey key) throws NoSuchAlgorithmException {
    ByteArrayOutputStream blob = new ByteArrayOutputStream();
    field("ssh-rsa".getBytes(StandardCharsets.US_ASCII), blob);
    field(key.getPublicExponent().toByteArray(), blob);
    field(key.getModulus().toByteArray(), blob);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob.toByteArray());
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
  }

  private static void field(byte[] bytes, ByteArrayOutputStream blob) {
    blob.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    blob.writeBytes(bytes);
  }
}
