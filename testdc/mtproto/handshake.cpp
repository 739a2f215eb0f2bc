
#include "testdc/mtproto/handshake.hpp"

#include "testdc/mtproto/crypto.hpp"
#include "testdc/tl/fixed_ids.hpp"

#include <utility>

namespace testdc::mtproto {

namespace {

using tl::Value;

std::unexpected<std::string> refuse(std::string reason) {
  return std::unexpected(std::move(reason));
}

Bytes bytes_of(const Value& object, const char* field) {
  return object.at(field).get_binary();
}

Value binary(ByteView bytes) {
  return Value::binary(to_bytes(bytes));
}

}  // namespace

std::optional<AuthKey> Handshake::take_key() {
  return std::exchange(key_, std::nullopt);
}

bool Handshake::names_us(const Value& object) const {
  return equal(bytes_of(object, "nonce"), nonce_) &&
         equal(bytes_of(object, "server_nonce"), server_nonce_);
}

Handshake::Answer Handshake::step(const Context& context, ByteView body, std::int64_t now) {
  Value request;
  std::size_t used = 20;
  if (body.size() >= used && read_number<std::uint32_t>(body) == tl::req_pq_id) {
    request = {{"_", "mt_req_pq_multi"}, {"nonce", binary(body.subspan(4, 16))}};
  } else {
    auto decoded = context.schema.decode(body);
    if (!decoded) return refuse("handshake: " + decoded.error());
    request = std::move(decoded->value);
    used = decoded->used;
  }
  // TDLib pads each of its unencrypted messages anew (NoCryptoStorer.h), within the length.
  const ByteView query = body.first(used);
  for (const auto& [known, answer] : answered_)
    if (equal(known, query)) return answer;
  auto answer = perform(context, request, now);
  if (answer) answered_.emplace_back(to_bytes(query), *answer);
  return answer;
}

Handshake::Answer Handshake::perform(const Context& context, const Value& request,
                                     std::int64_t now) {
  const std::string& name = request.at("_").get_ref<const std::string&>();
  if (name == "mt_req_pq_multi" && stage_ == Stage::none)
    return start(context, bytes_of(request, "nonce"));
  if (name == "mt_req_DH_params" && stage_ == Stage::pq) return exchange(context, request, now);
  if (name == "mt_set_client_DH_params" && stage_ == Stage::dh)
    return finish(context, request, now);
  return refuse("handshake: " + name + " out of turn");
}

Handshake::Answer Handshake::start(const Context& context, ByteView nonce) {
  nonce_ = to_bytes(nonce);
  server_nonce_ = random_bytes(16);
  factors_ = make_factors();
  stage_ = Stage::pq;
  const Value answer = {
      {"_", "mt_resPQ"},
      {"nonce", binary(nonce_)},
      {"server_nonce", binary(server_nonce_)},
      {"pq", binary(factors_.pq)},
      {"server_public_key_fingerprints", Value::array({context.rsa.fingerprint()})}};
  return context.schema.encode(answer);
}

std::expected<Value, std::string> Handshake::open_inner(const Context& context,
                                                        ByteView encrypted) const {
  const auto block = context.rsa.decrypt_raw(encrypted);
  if (!block) return refuse("handshake: not encrypted with our RSA key");
  const auto padded = open_rsa_pad(*block);
  const Bytes data = padded ? *padded : Bytes(block->begin() + 21, block->end());
  auto decoded = context.schema.decode(data);
  if (!decoded) return refuse("handshake: inner data: " + decoded.error());
  if (!padded) {
    // The old form has no padding of its own: the hash tells whether the block was meant for us.
    const Sha1 hash = sha1({ByteView(data).first(decoded->used)});
    if (!equal(hash, ByteView(*block).subspan(1, 20)))
      return refuse("handshake: inner data has a wrong hash");
  }
  return std::move(decoded->value);
}

Handshake::Answer Handshake::exchange(const Context& context, const Value& request,
                                      std::int64_t now) {
  if (!names_us(request)) return refuse("handshake: other nonces");
  if (request.at("public_key_fingerprint").get<std::int64_t>() != context.rsa.fingerprint())
    return refuse("handshake: unknown RSA key");
  const auto inner = open_inner(context, bytes_of(request, "encrypted_data"));
  if (!inner) return refuse(inner.error());
  const std::string& kind = inner->at("_").get_ref<const std::string&>();
  if (kind != "mt_p_q_inner_data_dc" && kind != "mt_p_q_inner_data_temp_dc")
    return refuse("handshake: " + kind + " as inner data");
  if (!names_us(*inner)) return refuse("handshake: other nonces in the inner data");
  for (const Value* from : {&request, &*inner}) {
    if (bytes_of(*from, "p") != factors_.p || bytes_of(*from, "q") != factors_.q)
      return refuse("handshake: wrong factors");
  }
  if (bytes_of(*inner, "pq") != factors_.pq) return refuse("handshake: other pq");

  new_nonce_ = bytes_of(*inner, "new_nonce");
  dc_ = inner->at("dc").get<std::int32_t>();
  expires_at_ = 0;
  if (kind == "mt_p_q_inner_data_temp_dc") {
    const auto lifetime = inner->at("expires_in").get<std::int32_t>();
    if (lifetime <= 0) return refuse("handshake: a temporary key without a lifetime");
    expires_at_ = now + lifetime;
  }

  secret_ = random_bytes(32);  // twice the strength that the group has: longer is only slower
  const Value params = {{"_", "mt_server_DH_inner_data"},
                        {"nonce", binary(nonce_)},
                        {"server_nonce", binary(server_nonce_)},
                        {"g", kDhGenerator},
                        {"dh_prime", binary(dh_prime())},
                        {"g_a", binary(dh_public(secret_))},
                        {"server_time", static_cast<std::int32_t>(now)}};
  const Bytes data = context.schema.encode(params);
  const Sha1 hash = sha1({data});
  Bytes plaintext = join({hash, data});
  const std::size_t size = plaintext.size();
  plaintext.resize((size + 15) / 16 * 16);
  fill_random(std::span(plaintext).subspan(size));
  stage_ = Stage::dh;
  const Value answer = {{"_", "mt_server_DH_params_ok"},
                        {"nonce", binary(nonce_)},
                        {"server_nonce", binary(server_nonce_)},
                        {"encrypted_answer", binary(ige_encrypt(plaintext, temporary_key()))}};
  return context.schema.encode(answer);
}

IgeKey Handshake::temporary_key() const {
  const Sha1 new_server = sha1({new_nonce_, server_nonce_});
  const Sha1 server_new = sha1({server_nonce_, new_nonce_});
  const Sha1 new_new = sha1({new_nonce_, new_nonce_});
  const ByteView middle(server_new);
  IgeKey out;
  std::ranges::copy(join({new_server, middle.first(12)}), out.key.begin());
  std::ranges::copy(join({middle.subspan(12, 8), new_new, ByteView(new_nonce_).first(4)}),
                    out.iv.begin());
  return out;
}

Handshake::Answer Handshake::finish(const Context& context, const Value& request,
                                    std::int64_t now) {
  if (!names_us(request)) return refuse("handshake: other nonces");
  const Bytes encrypted = bytes_of(request, "encrypted_data");
  if (encrypted.empty() || encrypted.size() % 16 != 0 || encrypted.size() < 32)
    return refuse("handshake: encrypted data of a wrong length");
  const Bytes plaintext = ige_decrypt(encrypted, temporary_key());
  const auto decoded = context.schema.decode(ByteView(plaintext).subspan(20));
  if (!decoded) return refuse("handshake: client data: " + decoded.error());
  const Sha1 hash = sha1({ByteView(plaintext).subspan(20, decoded->used)});
  if (!equal(hash, ByteView(plaintext).first(20)) || plaintext.size() - 20 - decoded->used >= 16) {
    return refuse("handshake: client data has a wrong hash");
  }
  const Value& inner = decoded->value;
  if (inner.at("_") != "mt_client_DH_inner_data" || !names_us(inner))
    return refuse("handshake: not the client data of this handshake");
  const Bytes g_b = bytes_of(inner, "g_b");
  if (!dh_in_range(g_b)) return refuse("handshake: g_b out of range");

  AuthKey key;
  std::ranges::copy(dh_power(g_b, secret_), key.bytes.begin());
  key.id = key_id_of(key.bytes);
  key.dc = dc_;
  key.expires_at = expires_at_;
  const bool again = key.id == 0 || context.is_taken(key.id);
  const std::uint8_t kind = again ? 2 : 1;
  const Sha1 key_hash = sha1({key.bytes});
  const Sha1 nonce_hash = sha1({new_nonce_, ByteView(&kind, 1), ByteView(key_hash).first(8)});
  if (!again) {
    const auto first_salt =
        read_number<std::int64_t>(new_nonce_) ^ read_number<std::int64_t>(server_nonce_);
    key.salts = Salts(first_salt, now);
    key_ = std::move(key);
    stage_ = Stage::done;
  }
  const Value answer = {
      {"_", again ? "mt_dh_gen_retry" : "mt_dh_gen_ok"},
      {"nonce", binary(nonce_)},
      {"server_nonce", binary(server_nonce_)},
      {again ? "new_nonce_hash2" : "new_nonce_hash1", binary(ByteView(nonce_hash).subspan(4))}};
  return context.schema.encode(answer);
}

}  // namespace testdc::mtproto
