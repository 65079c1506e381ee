#include "cli/cli.h"

int main(int argc, char** argv) { return litopys::run_program(argc, argv); }
