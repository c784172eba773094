package io.kuber.kuard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The certificate and key that a Secret mounted, {@code kuard.crt} and {@code kuard.key}. */
record Tls(Path certificate, Path key) {
  /** The start of a PKCS #8 key up to the key itself: version 0 and algorithm rsaEncryption. */
  private static final byte[] RSA_PREFIX = {
    2,
    1,
    0,
    0x30,
    0x0d,
    6,
    9,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    1,
    1,
    1,
    5,
    0
  };

  private static final int MAX_SHORT_LENGTH = 0x7f;

  static Tls in(Path directory) {
    return new Tls(directory.resolve("kuard.crt"), directory.resolve("kuard.key"));
  }

  boolean isThere() {
    return Files.exists(certificate) && Files.exists(key);
  }

  /** Throws IOException or GeneralSecurityException when the files are not a usable pair. */
  SSLContext context() throws IOException, GeneralSecurityException {
    byte[] pem = Files.readAllBytes(certificate);
    Certificate[] chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem))
            .toArray(Certificate[]::new);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("kuard", privateKey(), new char[0], chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private PrivateKey privateKey() throws IOException, GeneralSecurityException {
    String pem = Files.readString(key);
    boolean isPkcs1 = pem.contains("BEGIN RSA PRIVATE KEY");
    byte[] der = decode(pem, isPkcs1 ? "RSA PRIVATE KEY" : "PRIVATE KEY");
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(isPkcs1 ? wrap(der) : der);
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(encoded);
    } catch (InvalidKeySpecException e) {
      return KeyFactory.getInstance("EC").generatePrivate(encoded);
    }
  }

  private byte[] decode(String pem, String label) throws IOException {
    String start = "-----BEGIN " + label + "-----";
    int from = pem.indexOf(start);
    int to = pem.indexOf("-----END " + label);
    if (from < 0 || to < from) {
      throw new IOException(
          key + " has no PRIVATE KEY: convert it with openssl pkcs8 -topk8 -nocrypt");
    }
    return Base64.getMimeDecoder().decode(pem.substring(from + start.length(), to));
  }

  /** Puts the older format of openssl, the bare RSA key, into the one that Java reads. */
  private static byte[] wrap(byte[] pkcs1) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(RSA_PREFIX);
    element(4, pkcs1, inner);
    ByteArrayOutputStream outer = new ByteArrayOutputStream();
    element(0x30, inner.toByteArray(), outer);
    return outer.toByteArray();
  }

  /** DER (X.690, 10.1): the length in as few bytes as it needs, or Java refuses it. */
  private static void element(int tag, byte[] content, ByteArrayOutputStream out) {
    out.write(tag);
    byte[] length = BigInteger.valueOf(content.length).toByteArray();
    int skip = length.length > 1 && length[0] == 0 ? 1 : 0;
    if (content.length > MAX_SHORT_LENGTH) {
      out.write(0x80 | (length.length - skip));
    }
    out.write(length, skip, length.length - skip);
    out.writeBytes(content);
  }
}
