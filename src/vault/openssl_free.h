// OpenSSL's objects as values that free themselves: std::unique_ptr<BIO, Free<BIO_free_all>>.
#pragma once

namespace litopys {

template <auto free>
struct Free {
  template <class T>
  void operator()(T* each) const {
    free(each);
  }
};

}  // namespace litopys
